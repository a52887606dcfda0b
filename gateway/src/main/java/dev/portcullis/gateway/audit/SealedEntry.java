package dev.portcullis.gateway.audit;

import java.util.Map;
import java.util.TreeMap;

/**
 * An entry in its place in the chain.
 *
 * @param link its place
 * @param entry itself
 */
public record SealedEntry(Link link, AuditEntry entry) {
  /** All of it but the id, as named texts. */
  public Map<String, String> fields() {
    Map<String, String> fields = new TreeMap<>(entry.fields());
    fields.put(Link.SEAL, link.seal());
    return fields;
  }

  /**
   * Reads what {@link #fields} wrote.
   *
   * @throws IllegalArgumentException when these are not the fields of an entry
   * @throws java.time.DateTimeException when its time is none
   */
  public static SealedEntry of(String id, Map<String, String> fields) {
    return new SealedEntry(Link.of(id, fields), AuditEntry.of(fields));
  }
}
