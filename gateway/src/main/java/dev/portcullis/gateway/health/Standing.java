package dev.portcullis.gateway.health;

import java.time.Instant;
import java.util.List;

/**
 * The gateway as it stood at one moment.
 *
 * @param at the moment
 * @param since when it came into this state
 * @param parts always the same ones, in the same order
 */
public record Standing(Instant at, GatewayState state, Instant since, List<Part> parts) {
  public Standing {
    parts = List.copyOf(parts);
  }
}
