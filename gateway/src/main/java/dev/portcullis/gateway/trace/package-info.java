/**
 * Spans of sampled requests by OpenTelemetry, from W3C Trace Context to a collector: the only
 * package that knows OpenTelemetry.
 *
 * <p>Imports the JDK, OpenTelemetry, the Prometheus client's port for exemplars, {@code decision},
 * {@code token}, {@code meter} and the policy module; the data plane follows requests through it.
 */
@NullMarked
package dev.portcullis.gateway.trace;

import org.jspecify.annotations.NullMarked;
