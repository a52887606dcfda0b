package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrailCheckTest {
  private static final AuditEntry MADE =
      new AuditEntry("token.create", "u1", "t1", Map.of(), Map.of("id", "t1", "name", "a"), "");
  private static final AuditEntry NAMED =
      new AuditEntry("token.update", "u1", "t1", Map.of("name", "a"), Map.of("name", "b"), "");
  private static final Answer DONE = new Answer(200, "", false);
  private static final AuditedChange RENAME = new AuditedChange("token.update", "t1", "name", "b");

  private final DrillLog log = new DrillLog();

  @Test
  void findsNothingWhereAllIsThereOnce() {
    log.changed(DONE, AuditedChange.only("token.create", "t1"));
    log.changed(DONE, RENAME);
    log.issued("a");
    assertThat(wrong(List.of(MADE, NAMED), "b")).isEmpty();
  }

  @Test
  void findsAnAcknowledgedChangeWithoutAnEntry() {
    log.changed(DONE, RENAME);
    assertThat(wrong(List.of(MADE), "a")).containsExactly(DrillRule.AUDITED.text());
  }

  @Test
  void takesAPossibleChangeEitherWay() {
    log.changed(Answer.NONE, RENAME);
    assertThat(wrong(List.of(MADE), "a")).isEmpty();
    assertThat(wrong(List.of(MADE, NAMED), "b")).isEmpty();
  }

  @Test
  void findsAChangeThatWasMadeTwice() {
    log.changed(Answer.NONE, RENAME);
    assertThat(wrong(List.of(MADE, NAMED, NAMED), "b")).containsExactly(DrillRule.AUDITED.text());
  }

  @Test
  void findsTwoTokensForOneRequest() {
    log.issued("a");
    assertThat(wrong(List.of(MADE, MADE), "a")).containsExactly(DrillRule.ONE_TOKEN.text());
  }

  @Test
  void findsARecordThatTheEntriesDoNotAddUpTo() {
    assertThat(wrong(List.of(MADE, NAMED), "a")).containsExactly(DrillRule.REPLAYED.text());
  }

  private List<String> wrong(List<AuditEntry> entries, String name) {
    Map<String, String> record = Map.of("v", "1", "id", "t1", "name", name);
    new TrailCheck(entries, log.findings())
        .run(log, new Keyspace(Map.of("t1", record), Map.of(), Map.of(), Map.of()));
    List<String> wrong = new ArrayList<>();
    log.findings()
        .figures()
        .filter(figure -> !figure.name().startsWith("checked") && !figure.met())
        .forEach(figure -> wrong.add(figure.name()));
    return wrong;
  }
}
