/**
 * Assertions: short-lived signed proofs for upstreams of who is asking, their keys, and the
 * publication of these (RFC 7515, 7517, 7519, 8037).
 *
 * <p>Imports the JDK, Caffeine, Jackson, {@code decision}, {@code token}, {@code endpoint} and the
 * policy module; never Spring, Reactor or Redis.
 */
@NullMarked
package dev.portcullis.gateway.assertion;

import org.jspecify.annotations.NullMarked;
