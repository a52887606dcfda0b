package dev.portcullis.gateway.trace;

import java.util.Set;

/** The methods that spans tell apart; clients may send any other word for one. */
final class HttpMethods {
  private static final Set<String> KNOWN =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");

  private HttpMethods() {}

  /** The value of the attribute. */
  static String known(String method) {
    return KNOWN.contains(method) ? method : "_OTHER";
  }

  /** What stands for it in a span's name. */
  static String name(String method) {
    return KNOWN.contains(method) ? method : "HTTP";
  }
}
