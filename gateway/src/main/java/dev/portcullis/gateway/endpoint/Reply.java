package dev.portcullis.gateway.endpoint;

import java.util.Map;

/**
 * What an endpoint answers; no cache keeps it unless it says so.
 *
 * @param status of HTTP
 * @param headers content type included
 * @param body may hold a secret that is shown this once
 */
public record Reply(int status, Map<String, String> headers, String body) {
  public Reply {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "Reply[" + status + "]";
  }
}
