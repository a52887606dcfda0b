package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two gateways under the same load in turn, A B B A and so on, so that what drifts on the machine
 * falls on both.
 */
final class Duel {
  private final List<Round> first = new ArrayList<>();
  private final List<Round> second = new ArrayList<>();
  private final List<Double> foreign = new ArrayList<>();

  private long warmedFirst;

  private Duel() {}

  /** A target and the load it gets. */
  record Side(Target target, Wrk load) {}

  /**
   * Warms both, and runs the rounds that the options ask for.
   *
   * @throws IOException also if more than one in a hundred requests of the warm-up is refused, for
   *     then nothing compares
   */
  static Duel run(Bench bench, Side a, Side b) throws IOException, InterruptedException {
    Duel duel = new Duel();
    Options options = bench.options();
    duel.warmedFirst = warm(bench, a);
    warm(bench, b);
    for (int pair = 0; pair < options.rounds(); pair++) {
      duel.foreign.add(Machine.busyProcessors());
      if (firstLeads(pair)) {
        duel.round(bench, pair, a, duel.first);
        duel.round(bench, pair, b, duel.second);
      } else {
        duel.round(bench, pair, b, duel.second);
        duel.round(bench, pair, a, duel.first);
      }
    }
    return duel;
  }

  private static long warm(Bench bench, Side side) throws IOException, InterruptedException {
    bench.say("warming " + side.target().name() + " for " + bench.options().warmup() + " s");
    Round round = side.load().run(side.target(), bench.options().warmup());
    if ((round.wrk().failures() + round.wrk().socketErrors()) * 100 > round.wrk().requests()) {
      throw new IOException("too many requests were not answered as they should be: " + round);
    }
    return round.wrk().requests();
  }

  /** Whether the first side goes first in the pair of this number, from 0. */
  static boolean firstLeads(int pair) {
    return pair % 2 == 0;
  }

  private void round(Bench bench, int pair, Side side, List<Round> rounds)
      throws IOException, InterruptedException {
    Round round = side.load().run(side.target(), bench.options().seconds());
    rounds.add(round);
    bench.say("pair " + (pair + 1) + " of " + bench.options().rounds() + "  " + round.line());
  }

  /** The median, over the pairs, of the first side's value in parts of the second's. */
  double medianRatio(ToDoubleFunction<Round> value) {
    return Percentiles.of(ratios(first, second, value)).median();
  }

  static List<Double> ratios(List<Round> a, List<Round> b, ToDoubleFunction<Round> value) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      ratios.add(value.applyAsDouble(a.get(i)) / value.applyAsDouble(b.get(i)));
    }
    return ratios;
  }

  /** Requests that the first side answered, those of the warm-up included. */
  long requestsOfFirst() {
    return warmedFirst + first.stream().mapToLong(round -> round.wrk().requests()).sum();
  }

  long failures() {
    return sum(first) + sum(second);
  }

  private static long sum(List<Round> rounds) {
    return rounds.stream().mapToLong(r -> r.wrk().failures() + r.wrk().socketErrors()).sum();
  }

  /** The medians of both sides. */
  Table summary() {
    Table table = Table.of("Medians", "side", "requests/s", "p50 ms", "p99 ms", "CPU us a request");
    for (List<Round> rounds : List.of(first, second)) {
      table =
          table.with(
              rounds.getFirst().side(),
              median(rounds, r -> r.wrk().perSecond()),
              median(rounds, r -> r.wrk().p50Millis()),
              median(rounds, r -> r.wrk().p99Millis()),
              median(rounds, Round::cpuMicros));
    }
    return table;
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    return Percentiles.of(rounds.stream().mapToDouble(value).boxed().toList()).median();
  }

  /** All rounds, a pair a line. */
  Table rounds() {
    String a = first.getFirst().side();
    String b = second.getFirst().side();
    Table table =
        Table.of(
            "Rounds",
            "pair",
            a + " requests/s",
            b + " requests/s",
            "ratio",
            a + " p99 ms",
            b + " p99 ms",
            a + " CPU us",
            b + " CPU us",
            "processors busy before");
    List<Double> ratios = ratios(first, second, r -> r.wrk().perSecond());
    for (int i = 0; i < first.size(); i++) {
      table =
          table.with(
              i + 1,
              first.get(i).wrk().perSecond(),
              second.get(i).wrk().perSecond(),
              ratios.get(i),
              first.get(i).wrk().p99Millis(),
              second.get(i).wrk().p99Millis(),
              first.get(i).cpuMicros(),
              second.get(i).cpuMicros(),
              foreign.get(i));
    }
    return table;
  }
}
