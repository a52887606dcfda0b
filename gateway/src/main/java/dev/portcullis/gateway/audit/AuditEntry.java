package dev.portcullis.gateway.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What somebody did, or was refused.
 *
 * @param at when, by the clock of the gateway that was asked
 * @param author who
 * @param action what
 * @param refused whether it was refused, and changed nothing
 * @param principal whom it concerned
 * @param organization whose operators may read of it, beside those of none
 * @param token the id of the token it concerned
 * @param before the fields that changed, as they were; without secrets
 * @param after the same fields, as they are now
 * @param detail for people: why; without secrets
 */
public record AuditEntry(
    Instant at,
    Author author,
    AuditAction action,
    boolean refused,
    Optional<String> principal,
    Optional<String> organization,
    Optional<String> token,
    Map<String, String> before,
    Map<String, String> after,
    String detail) {

  private static final String BEFORE = "before:";
  private static final String AFTER = "after:";

  public AuditEntry {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /** All of it as named texts, in which form it is kept and sealed. */
  public Map<String, String> fields() {
    Map<String, String> fields = new TreeMap<>();
    fields.put("at", at.toString());
    fields.put("actor", author.name());
    author.token().ifPresent(id -> fields.put("actorToken", id));
    author.address().ifPresent(from -> fields.put("address", from));
    fields.put("action", action.word());
    fields.put("outcome", refused ? "refused" : "done");
    principal.ifPresent(id -> fields.put("principal", id));
    organization.ifPresent(name -> fields.put("organization", name));
    token.ifPresent(id -> fields.put("token", id));
    before.forEach((name, value) -> fields.put(BEFORE + name, value));
    after.forEach((name, value) -> fields.put(AFTER + name, value));
    if (!detail.isEmpty()) {
      fields.put("detail", detail);
    }
    return fields;
  }

  /**
   * Reads what {@link #fields} wrote.
   *
   * @throws IllegalArgumentException when these are not the fields of an entry
   * @throws java.time.DateTimeException when its time is none
   */
  public static AuditEntry of(Map<String, String> fields) {
    return new AuditEntry(
        Instant.parse(required(fields, "at")),
        new Author(required(fields, "actor"), text(fields, "actorToken"), text(fields, "address")),
        AuditAction.of(required(fields, "action"))
            .orElseThrow(() -> new IllegalArgumentException("action is not known")),
        required(fields, "outcome").equals("refused"),
        text(fields, "principal"),
        text(fields, "organization"),
        text(fields, "token"),
        all(fields, BEFORE),
        all(fields, AFTER),
        text(fields, "detail").orElse(""));
  }

  private static String required(Map<String, String> fields, String name) {
    return text(fields, name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }

  private static Optional<String> text(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name));
  }

  private static Map<String, String> all(Map<String, String> fields, String prefix) {
    Map<String, String> found = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }
}
