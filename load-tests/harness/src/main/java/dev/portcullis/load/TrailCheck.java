package dev.portcullis.load;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether the audit trail says what was done, all of it, and once. */
final class TrailCheck {
  /** The fields that tell changes of one kind apart. */
  private static final Set<String> TELLING = Set.of("name", "expiresAt", "replacedBy", "email");

  private static final String DELETE = "principal.delete";

  private final List<AuditEntry> entries;
  private final Findings findings;

  TrailCheck(List<AuditEntry> entries, Findings findings) {
    this.entries = entries;
    this.findings = findings;
  }

  void run(DrillLog log, Keyspace keyspace) {
    Map<AuditedChange, Integer> counts = counts();
    expect(log.acknowledged(), counts, 1);
    expect(log.possible(), counts, 0);
    Map<String, Integer> created = createdByName();
    for (String name : log.issued()) {
      int count = created.getOrDefault(name, 0);
      findings.expect(
          DrillRule.ONE_TOKEN, count == 1, () -> name + " was made " + count + " times");
    }
    Map<String, Map<String, String>> tokens = new HashMap<>();
    Map<String, Map<String, String>> principals = new HashMap<>();
    for (AuditEntry entry : entries) {
      boolean ofToken = !entry.token().isEmpty();
      Map<String, String> record =
          (ofToken ? tokens : principals)
              .computeIfAbsent(ofToken ? entry.token() : entry.principal(), id -> new TreeMap<>());
      record.keySet().removeAll(entry.before().keySet());
      record.putAll(entry.after());
    }
    replayed(tokens, keyspace.tokens());
    replayed(principals, keyspace.principals());
  }

  private void expect(
      Collection<AuditedChange> changes, Map<AuditedChange, Integer> counts, int least) {
    for (AuditedChange change : changes) {
      int count = counts.getOrDefault(change, 0);
      findings.expect(
          DrillRule.AUDITED,
          count >= least && count <= 1,
          () -> change + " has " + count + " entries");
    }
  }

  private Map<AuditedChange, Integer> counts() {
    Map<AuditedChange, Integer> counts = new HashMap<>();
    for (AuditEntry entry : entries) {
      String subject = entry.token().isEmpty() ? entry.principal() : entry.token();
      // A deletion has one entry for each time it was begun, and one for its end.
      if (!entry.action().equals(DELETE) || entry.detail().endsWith("tokens revoked")) {
        counts.merge(AuditedChange.only(entry.action(), subject), 1, Integer::sum);
      }
      entry
          .after()
          .forEach(
              (field, value) -> {
                if (TELLING.contains(field)) {
                  counts.merge(
                      new AuditedChange(entry.action(), subject, field, value), 1, Integer::sum);
                }
              });
    }
    return counts;
  }

  private Map<String, Integer> createdByName() {
    Map<String, Integer> created = new HashMap<>();
    entries.stream()
        .filter(entry -> entry.action().equals("token.create") && entry.detail().isEmpty())
        .forEach(entry -> created.merge(entry.after().getOrDefault("name", ""), 1, Integer::sum));
    return created;
  }

  /** What the entries add up to must be what there is. */
  private void replayed(
      Map<String, Map<String, String>> told, Map<String, Map<String, String>> kept) {
    told.forEach(
        (id, texts) -> {
          Map<String, String> record = new TreeMap<>(kept.getOrDefault(id, Map.of()));
          record.remove("v");
          findings.expect(
              DrillRule.REPLAYED,
              texts.equals(record),
              () -> id + " would be " + texts + " and is " + record);
        });
    kept.keySet()
        .forEach(
            id ->
                findings.expect(
                    DrillRule.REPLAYED, told.containsKey(id), () -> id + " has no entry"));
  }
}
