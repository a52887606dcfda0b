package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.SealedEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An entry of the audit trail in JSON. What it does not have is {@code null}. */
record AuditView(
    String id,
    Instant at,
    String actor,
    Optional<String> actorToken,
    Optional<String> address,
    String action,
    String outcome,
    Optional<String> principal,
    Optional<String> organization,
    Optional<String> token,
    Map<String, String> before,
    Map<String, String> after,
    String detail,
    String seal) {

  static AuditView of(SealedEntry sealed) {
    AuditEntry entry = sealed.entry();
    return new AuditView(
        sealed.link().id(),
        entry.at(),
        entry.author().name(),
        entry.author().token(),
        entry.author().address(),
        entry.action().word(),
        entry.refused() ? "refused" : "done",
        entry.principal(),
        entry.organization(),
        entry.token(),
        new TreeMap<>(entry.before()),
        new TreeMap<>(entry.after()),
        entry.detail(),
        sealed.link().seal());
  }

  /** As one line. */
  byte[] line() {
    return Lines.json(this);
  }
}
