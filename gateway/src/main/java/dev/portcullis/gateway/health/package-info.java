/**
 * How well the gateway can do its work: each part tells of itself by a {@link Watch}, and {@link
 * GatewayHealth} makes one state of them, which probes, the control plane and the command line
 * tell.
 *
 * <p>Imports the JDK and the policy module; the edges and the root tell it what they see.
 */
@NullMarked
package dev.portcullis.gateway.health;

import org.jspecify.annotations.NullMarked;
