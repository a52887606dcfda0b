package dev.portcullis.load;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether nothing in Redis is half done: records, indexes and links agree. */
final class KeyspaceCheck {
  private final Keyspace keyspace;
  private final Findings findings;
  private final Map<String, Set<String>> wanted = new HashMap<>();

  KeyspaceCheck(Keyspace keyspace, Findings findings) {
    this.keyspace = keyspace;
    this.findings = findings;
  }

  void run() {
    keyspace.tokens().forEach(this::token);
    keyspace.principals().forEach(this::principal);
    Set<String> keys = new HashSet<>(keyspace.indexes().keySet());
    keys.addAll(wanted.keySet());
    keys.forEach(this::index);
    keyspace
        .hashes()
        .forEach(
            (id, hash) ->
                findings.expect(
                    DrillRule.STRAY_MEMBERS,
                    !hash.isEmpty() && keyspace.tokens().containsKey(id),
                    () -> "token-hashes has " + id));
  }

  private void token(String id, Map<String, String> record) {
    findings.expect(
        DrillRule.INDEXES,
        !id.isEmpty() && !keyspace.hashes().getOrDefault(id, "").isEmpty(),
        () -> "token-hashes does not have " + id);
    want("token-ids", id);
    want("principal-tokens:" + record.get("principal"), id);
    if (record.containsKey("organization")) {
      want("organization-tokens:" + record.get("organization"), id);
    }
    if (!record.containsKey("revokedAt")) {
      String creation = millis(record, "createdAt") + "." + id;
      want("live-by-creation", creation);
      if (record.containsKey("expiresAt")) {
        want("live-by-end", millis(record, "expiresAt") + "." + creation);
      }
    }
    pair(id, record);
    owner(id, record);
  }

  private static String millis(Map<String, String> record, String field) {
    Instant instant = Instant.parse(record.getOrDefault(field, "1970-01-01T00:00:00Z"));
    return String.format(Locale.ROOT, "%015d", instant.toEpochMilli());
  }

  private void pair(String id, Map<String, String> record) {
    String successor = record.getOrDefault("replacedBy", "");
    String predecessor = record.getOrDefault("replaces", "");
    if (!successor.isEmpty()) {
      findings.expect(
          DrillRule.PAIRS,
          keyspace.token(successor).getOrDefault("replaces", "").equals(id),
          () -> id + " is replaced by " + successor + ", which does not replace it");
    }
    if (!predecessor.isEmpty()) {
      findings.expect(
          DrillRule.PAIRS,
          keyspace.token(predecessor).getOrDefault("replacedBy", "").equals(id),
          () -> id + " replaces " + predecessor + ", which is not replaced by it");
    }
  }

  private void owner(String id, Map<String, String> record) {
    boolean owned = !keyspace.principal(record.getOrDefault("principal", "")).isEmpty();
    boolean felled = record.getOrDefault("revokedReason", "").equals("principal deleted");
    findings.expect(
        DrillRule.DELETED,
        owned ? !felled : record.containsKey("revokedAt"),
        () -> id + " of " + record.get("principal") + (owned ? " fell" : " is good"));
  }

  private void principal(String id, Map<String, String> record) {
    want("principal-ids", id);
    if (record.containsKey("organization")) {
      want("organization-principals:" + record.get("organization"), id);
    }
  }

  private void want(String index, String member) {
    wanted.computeIfAbsent(index, key -> new HashSet<>()).add(member);
  }

  private void index(String key) {
    Set<String> there = keyspace.indexes().getOrDefault(key, Set.of());
    Set<String> due = wanted.getOrDefault(key, Set.of());
    for (String member : due) {
      findings.expect(
          DrillRule.INDEXES, there.contains(member), () -> key + " does not have " + member);
    }
    for (String member : there) {
      findings.expect(DrillRule.STRAY_MEMBERS, due.contains(member), () -> key + " has " + member);
    }
  }
}
