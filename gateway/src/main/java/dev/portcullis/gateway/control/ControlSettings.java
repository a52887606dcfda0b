package dev.portcullis.gateway.control;

import dev.portcullis.policy.Limit;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the control plane is told at its start.
 *
 * @param operatorToken the first operator's, who may do everything
 * @param failures how many tokens that are no operator's are let pass from one client network, and
 *     how fast they are forgotten; empty for any number
 * @param hosts names by which it is reached, beside {@code localhost} and any IP address; in lower
 *     case, without port
 * @param lifetimes how long tokens may live
 * @param maxAge a token older than this is flagged
 * @param expiringWithin a token that ends within this is flagged
 */
public record ControlSettings(
    OperatorToken operatorToken,
    Optional<Limit> failures,
    Set<String> hosts,
    Lifetimes lifetimes,
    Duration maxAge,
    Duration expiringWithin) {

  public ControlSettings {
    hosts = Set.copyOf(hosts);
  }
}
