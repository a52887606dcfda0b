package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.audit.SealedEntry;
import java.util.ArrayList;
import java.util.List;

/** An entry of the audit trail as an entry of a Redis stream. */
final class AuditRecord {
  private AuditRecord() {}

  /**
   * Adds them, in order, to the stream, before all else that is written: what Redis does not take
   * into the trail is not done. Then to the indexes, which lose what was trimmed off the stream.
   */
  static void append(Commands commands, List<SealedEntry> entries, long floor) {
    commands.writes().addAll(0, entries.stream().map(AuditRecord::added).toList());
    entries.forEach(each -> index(commands, each, floor));
  }

  private static List<String> added(SealedEntry sealed) {
    List<String> command = new ArrayList<>(List.of("XADD", Keys.AUDIT, sealed.link().id()));
    sealed
        .fields()
        .forEach(
            (name, value) -> {
              command.add(name);
              command.add(value);
            });
    return command;
  }

  private static void index(Commands commands, SealedEntry sealed, long floor) {
    sealed
        .entry()
        .principal()
        .ifPresent(id -> index(commands, Keys.auditOfPrincipal(id), sealed, floor));
    sealed
        .entry()
        .organization()
        .ifPresent(name -> index(commands, Keys.auditOfOrganization(name), sealed, floor));
    sealed.entry().token().ifPresent(id -> index(commands, Keys.auditOfToken(id), sealed, floor));
  }

  private static void index(Commands commands, String key, SealedEntry sealed, long floor) {
    if (floor > 0) {
      commands.write("ZREMRANGEBYSCORE", key, "-inf", Long.toString(floor));
    }
    commands.write("ZADD", key, Long.toString(sealed.link().number()), sealed.link().id());
  }
}
