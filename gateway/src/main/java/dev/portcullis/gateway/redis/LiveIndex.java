package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.TokenDetails;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The members of the indexes of good tokens, which sort by an instant: when a token was made, and
 * when it ends.
 */
final class LiveIndex {
  /** 15 digits and what separates them from the rest. */
  private static final int INSTANT_LENGTH = 16;

  private LiveIndex() {}

  /** {@code <15 digits of the millisecond of creation>.<id>}. */
  static String creation(TokenDetails token) {
    return instant(token.createdAt()) + "." + token.id();
  }

  /** {@code <15 digits of the millisecond of the end>.<creation>}; empty where it never ends. */
  static Optional<String> end(TokenDetails token) {
    return token.token().expiresAt().map(at -> instant(at) + "." + creation(token));
  }

  /** What sorts before all members of this instant and after all earlier ones. */
  static String instant(Instant at) {
    return String.format(Locale.ROOT, "%015d", Math.max(0, at.toEpochMilli()));
  }

  /** The id of the token that a member of {@link Keys#LIVE_BY_CREATION} stands for. */
  static String idOfCreation(String member) {
    return member.substring(INSTANT_LENGTH);
  }

  /** The id of the token that a member of {@link Keys#LIVE_BY_END} stands for. */
  static String idOfEnd(String member) {
    return idOfCreation(member.substring(INSTANT_LENGTH));
  }

  /** Keeps the indexes as they should be for a token that is now as {@code token}. */
  static void add(Commands commands, TokenDetails token) {
    if (token.token().revokedAt().isEmpty()) {
      commands.index(Keys.LIVE_BY_CREATION, creation(token));
      end(token).ifPresent(member -> commands.index(Keys.LIVE_BY_END, member));
    }
  }

  /** Takes out what {@link #add} put in. */
  static void remove(Commands commands, TokenDetails token) {
    commands.unindex(Keys.LIVE_BY_CREATION, creation(token));
    end(token).ifPresent(member -> commands.unindex(Keys.LIVE_BY_END, member));
  }
}
