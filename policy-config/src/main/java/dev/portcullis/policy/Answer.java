package dev.portcullis.policy;

import java.util.List;

/**
 * An answer of the gateway's own, ready to be sent: a refusal, or what a route always replies.
 *
 * @param status the HTTP status
 * @param headers in order, content type included; names may repeat
 * @param body may be empty
 */
public record Answer(int status, List<Header> headers, String body) {

  public Answer {
    headers = List.copyOf(headers);
  }

  /** One field line. */
  public record Header(String name, String value) {}
}
