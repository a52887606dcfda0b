package dev.portcullis.gateway;

import java.util.List;

/**
 * One row of a table of cases.
 *
 * @param row its number and what it is about
 * @param reason of the decision that is expected, or {@link #ALLOWED}
 * @param from the address of loopback that the client has
 * @param line method and target
 * @param fields the field lines
 */
record Case(String row, String reason, String from, String line, List<String> fields) {
  static final String ALLOWED = "ALLOWED";

  /** A request that is to be let through. */
  static Case allowed(String row, String line, String... fields) {
    return new Case(row, ALLOWED, "127.0.0.1", line, List.of(fields));
  }

  /** A request that is to be refused for this reason, with its default status. */
  static Case refused(String reason, String row, String line, String... fields) {
    return new Case(row, reason, "127.0.0.1", line, List.of(fields));
  }

  /** The same from another address. */
  Case from(String address) {
    return new Case(row, reason, address, line, fields);
  }

  @Override
  public String toString() {
    return row;
  }
}
