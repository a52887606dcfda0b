package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.TokenRules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long tokens may live, by kind. A kind that is not among them lives as long as asked, or for
 * ever.
 */
public record Lifetimes(Map<TokenKind, Lifetime> byKind) {
  private static final Lifetime ANY = new Lifetime(Optional.empty(), Optional.empty());

  public Lifetimes {
    byKind = Map.copyOf(byKind);
  }

  /**
   * How long tokens of one kind live.
   *
   * @param standard where nothing is asked for; where it is empty too, the longest
   * @param longest that can be asked for; empty for any
   */
  public record Lifetime(Optional<Duration> standard, Optional<Duration> longest) {

    /**
     * Rules that can be kept.
     *
     * @throws IllegalArgumentException with a message for people, where either is not more than
     *     nothing, or the standard is longer than the longest
     */
    public Lifetime {
      if (standard.filter(length -> !length.isPositive()).isPresent()
          || longest.filter(length -> !length.isPositive()).isPresent()) {
        throw new IllegalArgumentException("a lifetime is more than nothing");
      }
      if (standard.isPresent()
          && longest.isPresent()
          && standard.get().compareTo(longest.get()) > 0) {
        throw new IllegalArgumentException(
            "the default lifetime " + standard.get() + " is over the maximum " + longest.get());
      }
    }
  }

  /** The same, but for what the rules of an API say; nothing lives longer than it may. */
  Lifetimes under(TokenRules rules) {
    if (rules.lifetime().isEmpty() && rules.longestLifetime().isEmpty()) {
      return this;
    }
    Map<TokenKind, Lifetime> changed = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      Optional<Duration> longest = rules.longestLifetime().or(() -> of(kind).longest());
      Optional<Duration> standard = rules.lifetime().or(() -> of(kind).standard());
      changed.put(
          kind,
          new Lifetime(
              standard.filter(length -> longest.isEmpty() || length.compareTo(longest.get()) <= 0),
              longest));
    }
    return new Lifetimes(changed);
  }

  /** The rules of a kind. */
  private Lifetime of(TokenKind kind) {
    return byKind.getOrDefault(kind, ANY);
  }

  /** When a token that starts its life now ends, where nobody says; empty for never. */
  Optional<Instant> standardEnd(TokenKind kind, Instant now) {
    return of(kind).standard().or(of(kind)::longest).map(length -> after(now, length));
  }

  /** The latest end there may be; empty for any. */
  Optional<Instant> latestEnd(TokenKind kind, Instant now) {
    return of(kind).longest().map(length -> after(now, length));
  }

  private static Instant after(Instant now, Duration length) {
    return now.truncatedTo(ChronoUnit.MILLIS).plus(length);
  }
}
