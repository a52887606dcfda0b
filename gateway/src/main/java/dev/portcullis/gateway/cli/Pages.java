package dev.portcullis.gateway.cli;

import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Follows a cursor, page after page. A page may be short; only the last one has no next. */
final class Pages {
  private static final int LARGEST = 200;

  private Pages() {}

  /**
   * Takes the items of a list until there are so many, or no more.
   *
   * @param most of them
   * @param cursor after which to begin
   * @return the last page, or what went wrong
   */
  static Reply items(
      ControlClient client,
      String path,
      Query query,
      long most,
      Optional<String> cursor,
      Consumer<JsonNode> taker) {
    Optional<String> at = cursor;
    long left = most;
    while (true) {
      Query page = query.with("limit", Optional.of(Math.min(left, LARGEST))).with("cursor", at);
      Reply reply = client.get(path + page);
      if (!(reply instanceof Reply.Done(JsonNode body))) {
        return reply;
      }
      body.path("items").forEach(taker);
      left -= body.path("items").size();
      Optional<String> next = next(body);
      if (next.isEmpty() || left <= 0) {
        return reply;
      }
      if (next.equals(at)) {
        return new Reply.Unreachable("the list does not go on: its next page is itself");
      }
      at = next;
    }
  }

  /** The cursor of the page after this one; empty at the end. */
  static Optional<String> next(JsonNode page) {
    return page.path("next").stringValueOpt();
  }
}
