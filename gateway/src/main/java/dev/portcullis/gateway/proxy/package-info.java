/**
 * The data plane: requests are matched, decided over and proxied by Spring Cloud Gateway on Reactor
 * Netty.
 *
 * <p>Imports {@code decision}, {@code token}, {@code endpoint}, {@code assertion}, {@code meter},
 * {@code log}, {@code trace} and the policy module; no other edge knows Spring Cloud Gateway.
 */
@NullMarked
package dev.portcullis.gateway.proxy;

import org.jspecify.annotations.NullMarked;
