/**
 * The control plane: what operators ask over HTTP on the management port, where the data plane's
 * clients cannot reach it. Principals, tokens, who may do what to them, and who did.
 *
 * <p>Imports the JDK, Spring WebFlux, Jackson, {@code registry}, {@code audit}, {@code token},
 * {@code decision}, {@code health}, {@code meter} and the policy module; no other edge.
 */
@NullMarked
package dev.portcullis.gateway.control;

import org.jspecify.annotations.NullMarked;
