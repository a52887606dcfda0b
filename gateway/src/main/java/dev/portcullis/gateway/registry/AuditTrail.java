package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.audit.SealedEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The port through which the audit trail is read. Entries are added by {@link Change}s only. */
public interface AuditTrail {

  /**
   * Entries after the cursor, oldest first. A page may be short, or empty; only one without a next
   * cursor is the last.
   */
  CompletionStage<Outcome<Page<SealedEntry>>> entries(
      AuditFilter filter, Optional<String> cursor, int limit);

  /** The id of the last entry; {@code 0-0} where there is none. */
  CompletionStage<Outcome<String>> last();

  /** Checks entries after the cursor, which is the id of one already checked. */
  CompletionStage<Outcome<Verification>> verify(Optional<String> cursor, int limit);

  /**
   * Removes entries older than this, and says so in the trail.
   *
   * @return how many
   */
  CompletionStage<Outcome<Long>> trim(Instant before);

  /**
   * What a check of some entries found.
   *
   * @param verified how many were looked at
   * @param through the id of the last of them
   * @param next the cursor to go on from; empty at the end of the trail
   * @param total how many entries there are
   * @param flaws what is wrong; empty where the chain is whole
   */
  record Verification(
      long verified, String through, Optional<String> next, long total, List<Flaw> flaws) {
    public Verification {
      flaws = List.copyOf(flaws);
    }
  }

  /**
   * Something wrong with the trail.
   *
   * @param id of the entry where it shows
   * @param detail for people
   */
  record Flaw(String id, String detail) {}
}
