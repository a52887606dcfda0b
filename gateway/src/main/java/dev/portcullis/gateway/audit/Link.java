package dev.portcullis.gateway.audit;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry's place in the chain.
 *
 * @param id {@code <milliseconds>-<number>}: neither ever falls, and the number counts the entries
 *     from 1
 * @param seal {@code <key id>:<64 hex digits>}; empty before the first
 */
public record Link(String id, String seal) {
  /** What stands before the first entry. */
  public static final Link START = new Link("0-0", "");

  /** The field of a kept entry that has its seal. */
  static final String SEAL = "seal";

  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,15}-[0-9]{1,18}) ([^ ]+)");

  /** The place of a kept entry, as far as it says so itself. */
  public static Link of(String id, Map<String, String> fields) {
    return new Link(id, fields.getOrDefault(SEAL, ""));
  }

  /** Which entry it is, counted from 1; {@link Long#MAX_VALUE} where it cannot be one of ours. */
  public long number() {
    return number(id.substring(id.indexOf('-') + 1));
  }

  long millis() {
    return number(id.substring(0, id.indexOf('-')));
  }

  // Redis counts further than we do.
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** The id of the entry after this one, at this time or, where that is earlier, at this one's. */
  String next(long atMillis) {
    return Math.max(millis(), atMillis) + "-" + (number() + 1);
  }

  /** As one text; empty before the first. */
  public String written() {
    return equals(START) ? "" : id + " " + seal;
  }

  /**
   * Reads {@link #written}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Link parse(String written) {
    if (written.isEmpty()) {
      return START;
    }
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("this is no place in the chain");
    }
    return new Link(matcher.group(1), matcher.group(2));
  }
}
