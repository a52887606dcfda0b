package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.limit.Standing;
import dev.portcullis.policy.LimitSet;
import java.util.List;
import java.util.Optional;

/**
 * What the limits that hold for a request say of it.
 *
 * @param sets all of them; empty where none holds, or the request came to none
 * @param standing with the limit that refused it, or of which least remains; empty where none
 *     counted it
 * @param uncounted whether one could not count it, and lets requests pass then
 */
public record LimitReport(List<LimitSet> sets, Optional<Standing> standing, boolean uncounted) {
  /** Of a request that no limit was asked about. */
  public static final LimitReport NONE = new LimitReport(List.of(), Optional.empty(), false);

  public LimitReport {
    sets = List.copyOf(sets);
  }
}
