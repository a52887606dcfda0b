package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditEntry;
import java.util.List;

/**
 * A change of what the store keeps, made whole or not at all.
 *
 * @param writes all that it consists of; none where something was refused
 * @param entries what the audit trail says of it
 */
public record Change(List<Write> writes, List<AuditEntry> entries) {
  public Change {
    writes = List.copyOf(writes);
    entries = List.copyOf(entries);
  }

  /** One write. */
  static Change of(Write write, AuditEntry entry) {
    return new Change(List.of(write), List.of(entry));
  }

  /** Something that was refused, and changes nothing but the audit trail. */
  public static Change refused(AuditEntry entry) {
    return new Change(List.of(), List.of(entry));
  }
}
