package dev.portcullis.load;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the clients of a drill wrote down together while it ran. For many threads. */
final class DrillLog {
  private final Findings findings = new Findings();
  private final Queue<AuditedChange> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<AuditedChange> possible = new ConcurrentLinkedQueue<>();
  private final Queue<String> issued = new ConcurrentLinkedQueue<>();
  private final Map<String, Map<Integer, Long>> answers = new ConcurrentSkipListMap<>();

  Findings findings() {
    return findings;
  }

  /** Notes what became of a change: done if acknowledged, possible if not known. */
  void changed(Answer answer, AuditedChange change) {
    if (answer.acknowledged()) {
      acknowledged.add(change);
    } else if (answer.unknown()) {
      possible.add(change);
    }
  }

  Queue<AuditedChange> acknowledged() {
    return acknowledged;
  }

  Queue<AuditedChange> possible() {
    return possible;
  }

  /** Notes that a token was asked for by this name, and made. */
  void issued(String name) {
    issued.add(name);
  }

  Queue<String> issued() {
    return issued;
  }

  /** Counts an answer. */
  void answered(String operation, Answer answer) {
    answers
        .computeIfAbsent(operation, it -> new ConcurrentSkipListMap<>())
        .merge(answer.status(), 1L, Long::sum);
    findings.expect(DrillRule.ANSWERS, true, () -> "");
  }

  /** Notes an answer that there should not have been. */
  void unexpected(String operation, Object subject, Answer answer) {
    findings.expect(
        DrillRule.ANSWERS,
        false,
        () ->
            operation
                + " of "
                + subject
                + " gave "
                + answer.status()
                + (answer.acknowledged() ? "" : " " + answer.body()));
  }

  long answers() {
    return answers.values().stream()
        .flatMap(of -> of.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  Table table() {
    Table table = Table.of("Statuses (0: no answer)", "operation", "answers");
    for (Map.Entry<String, Map<Integer, Long>> of : answers.entrySet()) {
      table = table.with(of.getKey(), new TreeMap<>(of.getValue()));
    }
    return table;
  }
}
