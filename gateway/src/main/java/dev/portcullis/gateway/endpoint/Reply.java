package dev.portcullis.gateway.endpoint;

import dev.portcullis.gateway.decision.Decision.Denied;
import java.util.Map;
import java.util.Optional;

/**
 * What an endpoint answers; no cache keeps it unless it says so.
 *
 * @param status of HTTP
 * @param headers content type included
 * @param body may hold a secret that is shown this once
 * @param refusal why whoever asked was not let in, for the meters and the log; empty where they
 *     were
 */
public record Reply(
    int status, Map<String, String> headers, String body, Optional<Denied> refusal) {
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** To somebody who was let in. */
  public Reply(int status, Map<String, String> headers, String body) {
    this(status, headers, body, Optional.empty());
  }

  /** The same, to somebody who was not let in. */
  Reply because(Denied denied) {
    return new Reply(status, headers, body, Optional.of(denied));
  }

  @Override
  public String toString() {
    return "Reply[" + status + "]";
  }
}
