package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.TokenKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a token ends, as requests say it: {@code expiresAt}, a time, or {@code expiresIn}, a
 * duration from now. To the millisecond; what is finer is cut off.
 *
 * @param asked the instant asked for; empty where none was, or it is not as it should be
 * @param field that asked for it
 * @param now when it was read
 */
record Expiry(Optional<Instant> asked, String field, Instant now) {
  private static final String AT = "expiresAt";
  private static final String IN = "expiresIn";
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  static Expiry read(JsonMembers members, Instant now) {
    Optional<Instant> at = members.parsed(AT, text -> future(Times.time(text), now));
    Optional<Instant> in = members.parsed(IN, text -> future(now.plus(Times.duration(text)), now));
    if (members.has(AT) && members.has(IN)) {
      members.refuse(IN, "cannot be given together with expiresAt");
    }
    return new Expiry(at.or(() -> in), members.has(AT) ? AT : IN, now);
  }

  private static Instant future(Instant instant, Instant now) {
    Instant cut = instant.isAfter(LATEST) ? instant : instant.truncatedTo(ChronoUnit.MILLIS);
    if (!cut.isAfter(now)) {
      throw new IllegalArgumentException("is not in the future");
    }
    if (cut.isAfter(LATEST)) {
      throw new IllegalArgumentException("is after the year 9999; leave it out for never");
    }
    return cut;
  }

  /** The end of a token of this kind, within its lifetimes; empty for never. */
  Optional<Instant> end(TokenKind kind, Lifetimes lifetimes, JsonMembers members) {
    Optional<Instant> latest = lifetimes.latestEnd(kind, now);
    if (asked.isPresent() && latest.isPresent() && asked.get().isAfter(latest.get())) {
      members.refuse(
          field, "is later than a token of kind '" + kind.word() + "' may end: " + latest.get());
    }
    return asked.or(() -> lifetimes.standardEnd(kind, now));
  }

  /**
   * The same for a token that follows another: where nothing is asked for, the other's end stands
   * if it is still to come.
   */
  Optional<Instant> endAfter(
      Optional<Instant> before, TokenKind kind, Lifetimes lifetimes, JsonMembers members) {
    if (asked.isPresent()) {
      return end(kind, lifetimes, members);
    }
    if (before.filter(end -> !end.isAfter(now)).isPresent()) {
      return lifetimes.standardEnd(kind, now);
    }
    Optional<Instant> latest = lifetimes.latestEnd(kind, now);
    return before.filter(end -> latest.isEmpty() || !end.isAfter(latest.get())).or(() -> latest);
  }
}
