package dev.portcullis.gateway.token;

import java.util.Optional;
import java.util.stream.Stream;

/** What sort of token it is. */
public enum TokenKind {
  /** Has scopes of its own. */
  API("api"),
  /** May do everything its principal may; the request names the organization. */
  PERSONAL("personal"),
  /** An access key and a secret key, exchanged for short-lived credentials. */
  ACCESS_KEY("access-key"),
  /** Short-lived; dies with its parent. */
  SESSION("session"),
  /** Another issuer's; it is in no store. */
  JWT("jwt");

  private final String word;

  TokenKind(String word) {
    this.word = word;
  }

  /** The word in JSON and in the store. */
  public String word() {
    return word;
  }

  /** The kind with this word. */
  public static Optional<TokenKind> of(String word) {
    return Stream.of(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
