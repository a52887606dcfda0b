package dev.portcullis.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How often each rule of a drill was checked, and when it did not hold. For many threads. */
final class Findings {
  private static final int SHOWN = 5;

  /** Of one rule. */
  private record Found(AtomicLong checked, ConcurrentLinkedQueue<String> wrong) {}

  private final Map<DrillRule, Found> found = new EnumMap<>(DrillRule.class);

  Findings() {
    for (DrillRule rule : DrillRule.values()) {
      found.put(rule, new Found(new AtomicLong(), new ConcurrentLinkedQueue<>()));
    }
  }

  /**
   * Notes whether the rule holds.
   *
   * @param detail what is wrong if not; without secrets
   */
  void expect(DrillRule rule, boolean holds, Supplier<String> detail) {
    Found of = of(rule);
    of.checked.incrementAndGet();
    if (!holds) {
      of.wrong.add(detail.get());
    }
  }

  private Found of(DrillRule rule) {
    return found.computeIfAbsent(
        rule, it -> new Found(new AtomicLong(), new ConcurrentLinkedQueue<>()));
  }

  /** For each rule that nothing is wrong, and that there was something to check. */
  Stream<Figure> figures() {
    return Stream.of(DrillRule.values())
        .flatMap(
            rule ->
                Stream.of(
                    Figure.exactly(rule.text(), of(rule).wrong.size(), 0),
                    Figure.atLeast(
                        "checked: " + rule.text(), (double) of(rule).checked.get(), "", 1)));
  }

  /** The first things that are wrong, by rule. */
  Table table() {
    Table table = Table.of("Checks", "what is counted where it is", "checked", "wrong", "first");
    for (DrillRule rule : DrillRule.values()) {
      List<String> first = of(rule).wrong.stream().limit(SHOWN).toList();
      table =
          table.with(
              rule.text(), of(rule).checked, of(rule).wrong.size(), String.join("; ", first));
    }
    return table;
  }
}
