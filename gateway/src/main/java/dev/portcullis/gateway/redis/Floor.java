package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.audit.Link;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where the audit trail was trimmed.
 *
 * @param through the last link that was removed
 * @param trim the id of the entry that says so
 */
record Floor(Link through, String trim) {
  private static final Pattern WRITTEN = Pattern.compile("(.+) ([0-9]{1,15}-[0-9]{1,18})");

  /** As one text. */
  String written() {
    return through.written() + " " + trim;
  }

  /** Reads {@link #written}; empty where it is none. */
  static Optional<Floor> parse(String written) {
    Matcher matcher = WRITTEN.matcher(written);
    try {
      return matcher.matches()
          ? Optional.of(new Floor(Link.parse(matcher.group(1)), matcher.group(2)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The number of the last entry that was removed; 0 where none was, or it cannot be read. */
  static long number(String written) {
    return parse(written).map(floor -> floor.through.number()).orElse(0L);
  }
}
