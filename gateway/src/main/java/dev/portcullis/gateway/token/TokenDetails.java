package dev.portcullis.gateway.token;

import java.time.Instant;
import java.util.Map;

/**
 * A token with all that is kept of it, except its secret, of which only a hash is.
 *
 * @param token what decides
 * @param name given by people
 * @param description may be empty
 * @param createdAt when
 * @param createdBy the operator's principal id, or {@code operator}
 * @param tags given by people
 */
public record TokenDetails(
    Token token,
    String name,
    String description,
    Instant createdAt,
    String createdBy,
    Map<String, String> tags) {

  public TokenDetails {
    tags = Map.copyOf(tags);
  }
}
