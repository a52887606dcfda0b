package dev.portcullis.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Some gateways under load in turn, forwards in one round and backwards in the next (of two: A B B
 * A), so that what drifts on the machine falls on all.
 */
final class Contest {
  /** In which a cold gateway may still take the store for unavailable. */
  private static final int FIRST_SECONDS = 3;

  private final Map<Side, List<Round>> rounds = new LinkedHashMap<>();
  private final Map<Side, Long> warmed = new LinkedHashMap<>();
  private final List<Double> foreign = new ArrayList<>();
  private final Bench bench;
  private int secondsLeft;

  private Contest(Bench bench, List<Side> sides) {
    this.bench = bench;
    sides.forEach(side -> rounds.put(side, new ArrayList<>()));
    if (rounds.size() < sides.size()) {
      throw new IllegalArgumentException("a side stands in for two: " + sides);
    }
    Options options = bench.options();
    secondsLeft =
        sides.size() * options.warmup()
            + options.rounds() * (Machine.WINDOW_SECONDS + sides.size() * options.seconds());
  }

  /** A target and the load it gets. */
  record Side(Target target, Wrk load) {

    String name() {
      return target.name();
    }
  }

  /**
   * Warms all, and runs the rounds that the options ask for.
   *
   * @throws IOException also if more than one in a hundred requests of a warm-up, the first seconds
   *     aside, is not answered as it should be, for then nothing compares
   */
  static Contest run(Bench bench, List<Side> sides) throws IOException, InterruptedException {
    Contest contest = new Contest(bench, sides);
    for (Side side : sides) {
      contest.warm(side);
    }
    for (int number = 0; number < bench.options().rounds(); number++) {
      contest.foreign.add(Machine.busyProcessors());
      contest.secondsLeft -= Machine.WINDOW_SECONDS;
      for (Side side : inOrder(number, sides)) {
        contest.round(number, side);
      }
    }
    return contest;
  }

  /** Who comes when in the round of this number, from 0. */
  static <T> List<T> inOrder(int number, List<T> sides) {
    return number % 2 == 0 ? sides : sides.reversed();
  }

  private void warm(Side side) throws IOException, InterruptedException {
    int seconds = bench.options().warmup();
    int unchecked = Math.min(FIRST_SECONDS, seconds / 2);
    bench.say("warming " + side.name() + " for " + seconds + " s" + left());
    long good = unchecked > 0 ? side.load().run(side.target(), unchecked).good() : 0;
    Round round = side.load().run(side.target(), seconds - unchecked);
    if (round.wrong() * 100 > round.wrk().requests()) {
      throw new IOException("too many requests were not answered as they should be: " + round);
    }
    warmed.put(side, good + round.good());
    secondsLeft -= seconds;
  }

  private void round(int number, Side side) throws IOException, InterruptedException {
    Round round = side.load().run(side.target(), bench.options().seconds());
    of(side).add(round);
    secondsLeft -= bench.options().seconds();
    bench.say(
        "round " + (number + 1) + " of " + bench.options().rounds() + "  " + round.line() + left());
  }

  private String left() {
    return "  (about " + Progress.text(Duration.ofSeconds(secondsLeft)) + " left)";
  }

  private List<Round> of(Side side) {
    List<Round> kept = rounds.get(side);
    if (kept == null) {
      throw new IllegalArgumentException("not in this contest: " + side.name());
    }
    return kept;
  }

  /** The median, over the rounds, of one side's value in parts of another's in the same round. */
  double ratio(Side a, Side b, ToDoubleFunction<Round> value) {
    return Percentiles.of(ratios(of(a), of(b), value)).median();
  }

  static List<Double> ratios(List<Round> a, List<Round> b, ToDoubleFunction<Round> value) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      ratios.add(value.applyAsDouble(a.get(i)) / value.applyAsDouble(b.get(i)));
    }
    return ratios;
  }

  /** What the value of one side was over the rounds. */
  Spread spread(Side side, ToDoubleFunction<Round> value) {
    return Spread.of(of(side).stream().mapToDouble(value).boxed().toList());
  }

  /** Requests of one side that were answered as they should be, those of the warm-up included. */
  long good(Side side) {
    return warmed.getOrDefault(side, 0L) + of(side).stream().mapToLong(Round::good).sum();
  }

  /** Requests, after the warm-up, that were not answered as they should be, of all sides. */
  long failures() {
    return rounds.values().stream().flatMap(List::stream).mapToLong(Round::wrong).sum();
  }

  /** What a reader would rather look at: throughput, processor time and latency of all sides. */
  List<Chart> charts() {
    List<Bar> latencies = new ArrayList<>();
    for (Side side : rounds.keySet()) {
      latencies.add(Bar.of(side.name() + " p50", spread(side, round -> round.wrk().p50Millis())));
      latencies.add(Bar.of(side.name() + " p99", spread(side, Round::p99Millis)));
    }
    return List.of(
        chart("Throughput", "requests a second", Chart.Better.HIGHER, Round::perSecond),
        chart("CPU time a request", "microseconds", Chart.Better.LOWER, Round::cpuMicros),
        new Chart("Latency at saturation", "milliseconds", Chart.Better.LOWER, latencies));
  }

  private Chart chart(
      String title, String unit, Chart.Better better, ToDoubleFunction<Round> value) {
    return new Chart(
        title,
        unit,
        better,
        rounds.keySet().stream().map(side -> Bar.of(side.name(), spread(side, value))).toList());
  }

  /** The medians of all sides. */
  Table summary() {
    Table table = Table.of("Medians", "side", "requests/s", "p50 ms", "p99 ms", "CPU us a request");
    for (Side side : rounds.keySet()) {
      table =
          table.with(
              side.name(),
              spread(side, Round::perSecond).median(),
              spread(side, round -> round.wrk().p50Millis()).median(),
              spread(side, Round::p99Millis).median(),
              spread(side, Round::cpuMicros).median());
    }
    return table;
  }

  /** All rounds, a line for each side. */
  Table rounds() {
    Table table =
        Table.of(
            "Rounds",
            "round",
            "side",
            "requests/s",
            "p50 ms",
            "p99 ms",
            "CPU us a request",
            "not as it should be",
            "processors busy before");
    for (int i = 0; i < foreign.size(); i++) {
      for (Side side : rounds.keySet()) {
        Round round = of(side).get(i);
        table =
            table.with(
                i + 1,
                side.name(),
                round.perSecond(),
                round.wrk().p50Millis(),
                round.p99Millis(),
                round.cpuMicros(),
                round.wrong(),
                foreign.get(i));
      }
    }
    return table;
  }
}
