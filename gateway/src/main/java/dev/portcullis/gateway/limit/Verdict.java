package dev.portcullis.gateway.limit;

import java.util.Optional;

/** What all limits that hold for one request say of it. */
public sealed interface Verdict {
  /** Where no limit holds. */
  Verdict.Admitted UNLIMITED = new Admitted(Optional.empty(), false);

  /**
   * All admit it, and it is counted.
   *
   * @param tightest the limit of which least remains; empty where none counted it
   * @param uncounted whether a limit could not count it, and lets requests pass then
   */
  record Admitted(Optional<Standing> tightest, boolean uncounted) implements Verdict {}

  /** One refuses it, and it is counted by none. */
  record Exceeded(Standing standing) implements Verdict {}

  /**
   * One could not count it, and refuses requests then.
   *
   * @param cause without secrets
   */
  record Unavailable(String cause) implements Verdict {}
}
