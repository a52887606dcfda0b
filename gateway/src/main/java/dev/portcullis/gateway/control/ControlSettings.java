package dev.portcullis.gateway.control;

import java.time.Duration;
import java.util.Set;

/**
 * What the control plane is told at its start.
 *
 * @param operatorToken the first operator's, who may do everything
 * @param hosts names by which it is reached, beside {@code localhost} and any IP address; in lower
 *     case, without port
 * @param lifetimes how long tokens may live
 * @param maxAge a token as old as this is flagged
 * @param expiringWithin a token that ends within this is flagged
 */
public record ControlSettings(
    OperatorToken operatorToken,
    Set<String> hosts,
    Lifetimes lifetimes,
    Duration maxAge,
    Duration expiringWithin) {

  public ControlSettings {
    hosts = Set.copyOf(hosts);
  }
}
