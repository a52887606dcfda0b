package dev.portcullis.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What came of some sides at one arrival rate, round by round. */
final class LatencyRounds {
  private final Map<Target, List<LatencyResult>> results = new LinkedHashMap<>();
  private Table rounds =
      Table.of(
          "Rounds",
          "round",
          "side",
          "requests/s",
          "p50 ms",
          "p99 ms",
          "p99.9 ms",
          "max ms",
          "begun late p99 ms",
          "not 200");

  /** Keeps one side's result of the round of this number. */
  void add(int round, Target side, LatencyResult result) {
    results.computeIfAbsent(side, first -> new ArrayList<>()).add(result);
    rounds =
        rounds.with(
            round,
            side.name(),
            result.perSecond(),
            result.p50(),
            result.p99(),
            result.p999(),
            result.max(),
            result.late99(),
            result.failures());
  }

  /** The median, over the rounds, of one side's value in parts of another's in the same round. */
  double ratio(Target a, Target b, ToDoubleFunction<LatencyResult> value) {
    List<LatencyResult> first = results.getOrDefault(a, List.of());
    List<LatencyResult> second = results.getOrDefault(b, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      ratios.add(value.applyAsDouble(first.get(i)) / value.applyAsDouble(second.get(i)));
    }
    return Percentiles.of(ratios).median();
  }

  private Spread spread(Target side, ToDoubleFunction<LatencyResult> value) {
    return Spread.of(
        results.getOrDefault(side, List.of()).stream().mapToDouble(value).boxed().toList());
  }

  /** Medians of all sides, and how many answers were no good. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (Target side : results.keySet()) {
      figures.add(told(side, "p50", LatencyResult::p50));
      figures.add(told(side, "p99", LatencyResult::p99));
      figures.add(told(side, "p99.9", LatencyResult::p999));
    }
    long failures =
        results.values().stream().flatMap(List::stream).mapToLong(LatencyResult::failures).sum();
    figures.add(Figure.exactly("answers other than 200", failures, 0));
    return figures;
  }

  private Figure told(Target side, String what, ToDoubleFunction<LatencyResult> value) {
    return Figure.told(side.name() + " " + what, spread(side, value).median(), "ms");
  }

  List<Chart> charts() {
    return List.of(
        chart("p50", LatencyResult::p50),
        chart("p99", LatencyResult::p99),
        chart("p99.9", LatencyResult::p999));
  }

  private Chart chart(String title, ToDoubleFunction<LatencyResult> value) {
    return new Chart(
        title + " at a constant arrival rate",
        "milliseconds",
        Chart.Better.LOWER,
        results.keySet().stream().map(side -> Bar.of(side.name(), spread(side, value))).toList());
  }

  /** The medians of all sides. */
  Table summary() {
    Table table =
        Table.of(
            "Medians", "side", "p50 ms", "p99 ms", "p99 ms, least", "p99 ms, most", "p99.9 ms");
    for (Target side : results.keySet()) {
      Spread p99 = spread(side, LatencyResult::p99);
      table =
          table.with(
              side.name(),
              spread(side, LatencyResult::p50).median(),
              p99.median(),
              p99.low(),
              p99.high(),
              spread(side, LatencyResult::p999).median());
    }
    return table;
  }

  /** All rounds, a line for each side. */
  Table rounds() {
    return rounds;
  }
}
