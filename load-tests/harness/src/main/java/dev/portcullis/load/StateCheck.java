package dev.portcullis.load;

import java.util.List;
import java.util.Map;

/** Whether everything is as its client was told last. */
final class StateCheck {
  private final Keyspace keyspace;
  private final Findings findings;

  StateCheck(Keyspace keyspace, Findings findings) {
    this.keyspace = keyspace;
    this.findings = findings;
  }

  void run(List<ExpectedPrincipal> principals) {
    for (ExpectedPrincipal principal : principals) {
      principal(principal);
      principal.tokens().forEach(this::token);
    }
  }

  private void principal(ExpectedPrincipal expected) {
    Map<String, String> record = keyspace.principal(expected.id());
    boolean there = !record.isEmpty();
    findings.expect(
        DrillRule.PRINCIPALS,
        expected.present().allows(there)
            && (!there
                || expected.allows(
                    record.getOrDefault("email", ""), record.getOrDefault("enabled", ""))),
        () -> expected + " is " + record);
  }

  private void token(ExpectedToken expected) {
    Map<String, String> record = keyspace.token(expected.id());
    findings.expect(
        DrillRule.TOKENS,
        !record.isEmpty()
            && expected.allows(
                record.getOrDefault("name", ""),
                record.getOrDefault("expiresAt", ""),
                record.containsKey("revokedAt"),
                record.getOrDefault("replacedBy", "")),
        () -> expected + " is " + record);
  }
}
