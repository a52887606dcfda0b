package dev.portcullis.gateway;

import static dev.portcullis.gateway.StartRefusedException.checked;

import dev.portcullis.gateway.control.Lifetimes;
import dev.portcullis.gateway.token.TokenKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How long tokens live by the settings. */
final class TokenLifetimes {
  private static final Duration LONGEST_SESSION = Duration.ofMinutes(60);

  private TokenLifetimes() {}

  /** Those of each kind. */
  static Lifetimes of(Settings.Tokens tokens) {
    return checked("portcullis.tokens.lifetimes", () -> lifetimes(tokens));
  }

  private static Lifetimes lifetimes(Settings.Tokens tokens) {
    Map<TokenKind, Lifetimes.Lifetime> byKind = new EnumMap<>(TokenKind.class);
    tokens
        .lifetimes()
        .forEach(
            (word, lifetime) ->
                byKind.put(
                    TokenKind.of(word)
                        .filter(kind -> kind != TokenKind.JWT)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "'"
                                        + word
                                        + "' is no kind of token; api, personal, access-key and"
                                        + " session are")),
                    new Lifetimes.Lifetime(
                        Optional.ofNullable(lifetime.byDefault()),
                        Optional.ofNullable(lifetime.max()))));
    return new Lifetimes(byKind);
  }

  /** How long sessions live: nobody asks for more or less. */
  static Duration ofSessions(Settings.Tokens tokens) {
    Settings.Lifetime lifetime = tokens.lifetimes().get(TokenKind.SESSION.word());
    Duration length =
        lifetime == null
            ? LONGEST_SESSION
            : Optional.ofNullable(lifetime.byDefault())
                .or(() -> Optional.ofNullable(lifetime.max()))
                .orElse(LONGEST_SESSION);
    return checked("portcullis.tokens.lifetimes.session", () -> atMostAnHour(length));
  }

  private static Duration atMostAnHour(Duration length) {
    if (length.compareTo(LONGEST_SESSION) > 0) {
      throw new IllegalArgumentException("a session lives no longer than 60 minutes");
    }
    return length;
  }
}
