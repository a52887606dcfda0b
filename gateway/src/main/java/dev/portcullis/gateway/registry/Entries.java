package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.token.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the audit trail says of changes. */
final class Entries {
  private Entries() {}

  /** A principal was there as {@code before} and is as {@code after}; empty for not at all. */
  static AuditEntry of(
      AuditAction action,
      Optional<Principal> before,
      Optional<Principal> after,
      Author author,
      Instant at,
      String detail) {
    Map<String, String> old = before.map(Described::of).orElse(Map.of());
    Map<String, String> now = after.map(Described::of).orElse(Map.of());
    Principal concerned = before.or(() -> after).orElseThrow();
    return new AuditEntry(
        at,
        author,
        action,
        false,
        Optional.of(concerned.id()),
        concerned.organization(),
        Optional.empty(),
        Described.differing(old, now),
        Described.differing(now, old),
        detail);
  }

  /** A token that was not there is there now. */
  static AuditEntry created(
      AuditAction action, TokenDetails token, Author author, Instant at, String detail) {
    return of(action, token, Map.of(), Described.of(token), author, at, detail);
  }

  /**
   * A session of this access key was there as {@code before} and is as {@code after}, or was not
   * there. It concerns the access key, which is what there is to look up.
   */
  static AuditEntry ofSession(
      AuditAction action,
      Optional<TokenDetails> before,
      TokenDetails after,
      Author author,
      Instant at) {
    Map<String, String> old = before.map(Described::of).orElse(Map.of());
    Map<String, String> now = new TreeMap<>(Described.of(after));
    now.remove(Described.PARENT_HASHES);
    return new AuditEntry(
        at,
        author,
        action,
        false,
        Optional.of(after.token().principalId()),
        after.organization(),
        Optional.of(after.token().notedAs()),
        Map.of(),
        Described.differing(now, old),
        "session " + after.id());
  }

  /** A token was as {@code before} and is as {@code after}. */
  static AuditEntry changed(
      AuditAction action,
      TokenDetails before,
      TokenDetails after,
      Author author,
      Instant at,
      String detail) {
    return of(action, before, Described.of(before), Described.of(after), author, at, detail);
  }

  private static AuditEntry of(
      AuditAction action,
      TokenDetails token,
      Map<String, String> old,
      Map<String, String> now,
      Author author,
      Instant at,
      String detail) {
    return new AuditEntry(
        at,
        author,
        action,
        false,
        Optional.of(token.token().principalId()),
        token.organization(),
        Optional.of(token.id()),
        Described.differing(old, now),
        Described.differing(now, old),
        detail);
  }
}
