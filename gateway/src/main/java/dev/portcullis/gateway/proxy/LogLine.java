package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.log.LogFields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line of the log about one request, by the names of the Elastic Common Schema where it has one.
 * Tells nothing of the query, the header fields and the e-mail, where secrets are.
 */
final class LogLine {
  private static final int LONGEST_METHOD = 32;
  private static final int LONGEST_PATH = 512;

  private final LoggingEventBuilder line;

  /** Begins with who asked for what, as far as that is known. */
  LogLine(LoggingEventBuilder line, Passage passage) {
    this.line = line;
    Inbound inbound = passage.inbound();
    add("http.request.id", inbound.id());
    add("http.request.method", method(inbound));
    add(LogFields.API, passage.api());
    add("portcullis.route", passage.route());
    inbound.client().ifPresent(client -> add(LogFields.CLIENT, client.getHostAddress()));
    passage.trace().id().ifPresent(id -> add("trace.id", id));
  }

  /** Adds a member. */
  void add(String name, Object value) {
    LoggingEventBuilder _ = line.addKeyValue(name, value);
  }

  /** Adds whose token it was, where that is known. */
  void addToken(Decision decision) {
    token(decision).ifPresent(id -> add(LogFields.TOKEN, id));
  }

  /** Writes it, with a message for people. */
  void write(String message, @Nullable Object... arguments) {
    line.log(message, arguments);
  }

  private static Optional<String> token(Decision decision) {
    return switch (decision) {
      case Allowed allowed -> Optional.of(allowed.token().id());
      case Denied denied -> denied.tokenId();
      case Decision.Open open -> Optional.empty();
    };
  }

  /** The method as received, cut short where it is of the client's invention. */
  static String method(Inbound inbound) {
    return cut(inbound.method(), LONGEST_METHOD);
  }

  /** The path as it was matched; empty where it was not lawful, and could hold anything. */
  static Optional<String> path(Passage passage) {
    return passage.path().map(path -> cut(path.text(), LONGEST_PATH));
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "...";
  }
}
