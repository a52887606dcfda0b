package dev.portcullis.gateway.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries to read; empty for any.
 *
 * @param token concerning this one
 * @param principal concerning this one
 * @param organization of this one
 * @param actor by this one
 * @param action only these
 * @param refused only refused ones, or only those that were done
 * @param since from this instant on
 * @param until before this instant
 */
public record AuditFilter(
    Optional<String> token,
    Optional<String> principal,
    Optional<String> organization,
    Optional<String> actor,
    Optional<AuditAction> action,
    Optional<Boolean> refused,
    Optional<Instant> since,
    Optional<Instant> until) {

  /** Whether the entry is one of them. */
  public boolean passes(AuditEntry entry) {
    return agrees(token, entry.token())
        && agrees(principal, entry.principal())
        && agrees(organization, entry.organization())
        && agrees(actor, Optional.of(entry.author().name()))
        && agrees(action, Optional.of(entry.action()))
        && agrees(refused, Optional.of(entry.refused()))
        && since.map(from -> !entry.at().isBefore(from)).orElse(true)
        && until.map(to -> entry.at().isBefore(to)).orElse(true);
  }

  private static <T> boolean agrees(Optional<T> wanted, Optional<T> there) {
    return wanted.isEmpty() || wanted.equals(there);
  }
}
