/**
 * The control plane: what operators ask over HTTP on the management port, where the data plane's
 * clients cannot reach it. Principals, tokens, and who may do what to them.
 *
 * <p>Imports the JDK, Spring WebFlux, Jackson, {@code token} and the policy module; no other edge.
 */
@NullMarked
package dev.portcullis.gateway.control;

import org.jspecify.annotations.NullMarked;
