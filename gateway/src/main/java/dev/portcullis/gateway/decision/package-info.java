/**
 * The chain that decides over one request: shape, extract, verify, expiry, address, scope, limit.
 *
 * <p>Imports the JDK, the policy module, {@code token} and {@code limit}; never Spring, Reactor or
 * Redis.
 */
@NullMarked
package dev.portcullis.gateway.decision;

import org.jspecify.annotations.NullMarked;
