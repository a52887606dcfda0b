package dev.portcullis.gateway.control;

import java.util.Set;

/**
 * What the control plane is told at its start.
 *
 * @param operatorToken the first operator's, who may do everything
 * @param hosts names by which it is reached, beside {@code localhost} and any IP address; in lower
 *     case, without port
 */
public record ControlSettings(OperatorToken operatorToken, Set<String> hosts) {
  public ControlSettings {
    hosts = Set.copyOf(hosts);
  }
}
