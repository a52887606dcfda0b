package dev.portcullis.gateway.audit;

import java.util.Optional;

/**
 * Who asked for something.
 *
 * @param name the principal's id, {@code operator} for the first operator, {@code portcullis} for
 *     the gateway itself, or {@code anonymous}
 * @param token the id of the operator's token; empty for those who have none
 * @param address the peer's; empty for the gateway itself
 */
public record Author(String name, Optional<String> token, Optional<String> address) {
  /** The gateway itself, at work unasked. */
  public static final Author GATEWAY = new Author("portcullis", Optional.empty(), Optional.empty());
}
