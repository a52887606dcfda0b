package dev.portcullis.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an answer's body and headers may name as <code>${name}</code>. */
enum Placeholder {
  /** The answer's HTTP status. */
  STATUS("status"),
  /** The phrase that belongs to the status. */
  TITLE("title"),
  /** The {@link Reason}: tells apart what looks alike by default. */
  REASON("reason"),
  /** The request's id, also in the log. */
  REQUEST_ID("request-id"),
  /** The realm of the policy. */
  REALM("realm"),
  /** The scope that was required and not granted, or nothing. */
  SCOPE("scope"),
  /** How many seconds to wait before another attempt, 1 or more. */
  RETRY_AFTER("retry-after"),
  /** How many requests the limit that refused is for, or 0. */
  LIMIT("limit"),
  /** How many of them were left, which is less than the request costs; or 0. */
  REMAINING("remaining"),
  /** What that limit is called, or nothing. */
  LIMIT_NAME("limit-name");

  private final String written;

  Placeholder(String written) {
    this.written = written;
  }

  static Optional<Placeholder> of(String written) {
    return Arrays.stream(values()).filter(known -> known.written.equals(written)).findFirst();
  }

  /** All of them, for a message. */
  static String list() {
    return Arrays.stream(values())
        .map(known -> "${" + known.written + "}")
        .collect(Collectors.joining(", "));
  }
}
