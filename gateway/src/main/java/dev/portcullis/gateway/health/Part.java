package dev.portcullis.gateway.health;

import java.time.Instant;

/**
 * A part of the gateway as it stood at one moment.
 *
 * @param name a fixed word
 * @param since when it came into this condition
 * @param detail for operators: what is so, what that means and why, without a secret
 */
public record Part(String name, Condition condition, Instant since, String detail) {

  /** How well a part can do its work; the worst is the last. */
  public enum Condition {
    UP,
    /** Not as it should be, and requests are still served. */
    DEGRADED,
    /** It was never up, and nothing can be served without it. */
    DOWN
  }
}
