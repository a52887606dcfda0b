package dev.portcullis.policy;

import java.util.List;

/** Reads the written form of a granted scope. */
final class ScopeParser {
  private static final int MAX_LENGTH = 256;

  private ScopeParser() {}

  static Scope parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a scope has at most " + MAX_LENGTH + " characters");
    }
    int colon = text.indexOf(':');
    if (colon < 0 || colon != text.lastIndexOf(':')) {
      throw problem(text, "is not of the form resource[/instance...]:action");
    }
    List<String> segments = List.of(text.substring(0, colon).split("/", -1));
    String action = text.substring(colon + 1);
    segments.forEach(segment -> check(text, segment));
    check(text, action);
    return new Scope(segments, action);
  }

  private static void check(String text, String part) {
    if (part.isEmpty()) {
      throw problem(text, "has an empty part");
    }
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '{' || c == '}') {
        throw problem(text, "has a character that is not allowed");
      }
      if (c == '*' && i != part.length() - 1) {
        throw problem(text, "has a '*' that is not at the end of its part");
      }
    }
  }

  private static IllegalArgumentException problem(String text, String what) {
    return new IllegalArgumentException("'" + text + "' " + what);
  }
}
