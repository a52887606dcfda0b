package dev.portcullis.gateway.audit;

import java.util.Map;

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

  private static final String SEAL = "seal";

  /** The place of a kept entry, as far as it says so itself. */
  static Link of(String id, Map<String, String> fields) {
    return new Link(id, fields.getOrDefault(SEAL, ""));
  }

  /** Which entry it is, counted from 1. */
  public long number() {
    return Long.parseLong(id.substring(id.indexOf('-') + 1));
  }

  long millis() {
    return Long.parseLong(id.substring(0, id.indexOf('-')));
  }

  /** The id of the entry after this one, at this time or, where that is earlier, at this one's. */
  String next(long atMillis) {
    return Math.max(millis(), atMillis) + "-" + (number() + 1);
  }

  /** As one text; empty before the first. */
  public String written() {
    return equals(START) ? "" : id + " " + seal;
  }

  /** Reads {@link #written}. */
  public static Link parse(String written) {
    int space = written.indexOf(' ');
    return space < 0 ? START : new Link(written.substring(0, space), written.substring(space + 1));
  }
}
