package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Latency at a constant arrival rate: half of what the slower side can do. */
final class Latency implements Measurement {
  private static final double MOST = 1.1;
  private static final String ROUTE = LimitPolicies.LEASED_ROUTE;
  private static final int DRIVER_WARMUP = 10;
  private static final int TRIALS = 8;
  private static final double LESS = 0.8;

  private Table saturation = Table.of("Saturation (wrk)", "side", "requests/s", "p99 ms");
  private Table trials = Table.of("Trials of the rate", "requests/s wanted", "side", "came of it");
  private final Map<Target, List<LatencyResult>> results = new LinkedHashMap<>();

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String purpose() {
    return "p50, p99, p99.9 at a constant arrival rate, half of saturation, against the bare peer";
  }

  @Override
  public List<String> defaults() {
    return List.of("--rounds=6", "--seconds=15");
  }

  @Override
  public List<String> inShort() {
    return List.of("--rounds=1", "--seconds=2", "--warmup=2");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    Gateway gateway = deployment.gateway("portcullis", LimitPolicies.LEASED);
    Target portcullis = gateway.target();
    Credential credential = gateway.credentials("hot", 1).getFirst();
    Stage stage =
        new Stage(
            deployment.upstream(), LimitPolicies.pattern(ROUTE), credential, deployment.redis());
    Target bare = new BareGateway("bare").start(bench, stage);
    List<Target> sides = List.of(portcullis, bare);
    String path = LimitPolicies.path(ROUTE);

    int half = half(bench, Wrk.of(bench, name(), credential, List.of(path)), sides);
    ConstantRate load = ConstantRate.of(bench, credential, path);
    int rate = kept(bench, load, sides, half);
    int warmup = Math.min(DRIVER_WARMUP, bench.options().warmup());
    Table rounds =
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
    for (int round = 1; round <= bench.options().rounds(); round++) {
      for (Target side : Contest.inOrder(round - 1, sides)) {
        LatencyResult result = load.run(side, rate, warmup, bench.options().seconds());
        bench.say("round " + round + "  " + side.name() + "  " + result);
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
    }
    return new Report(
        name(),
        Machine.facts(deployment),
        notes(half, rate),
        figures(portcullis, bare, half, rate),
        List.of(
            chart("p50", LatencyResult::p50),
            chart("p99", LatencyResult::p99),
            chart("p99.9", LatencyResult::p999)),
        List.of(summary(), rounds, saturation, trials));
  }

  /** Warms all, and finds half of what the slowest can do. */
  private int half(Bench bench, Wrk load, List<Target> sides)
      throws IOException, InterruptedException {
    double least = Double.MAX_VALUE;
    for (Target side : sides) {
      bench.say("warming " + side.name() + " for " + bench.options().warmup() + " s");
      load.run(side, bench.options().warmup());
    }
    for (Target side : sides) {
      Round round = load.run(side, bench.options().seconds());
      bench.say(round.line());
      saturation = saturation.with(side.name(), round.perSecond(), round.p99Millis());
      least = Math.min(least, round.perSecond());
    }
    return Math.max(1, (int) (least / 2));
  }

  /** The rate that the driver and all sides keep up on this machine, at most the one wanted. */
  private int kept(Bench bench, ConstantRate load, List<Target> sides, int wanted)
      throws IOException, InterruptedException {
    int rate = wanted;
    int seconds = Math.min(DRIVER_WARMUP, bench.options().seconds());
    for (int trial = 0; trial < TRIALS; trial++) {
      boolean kept = true;
      for (Target side : sides) {
        LatencyResult result = load.run(side, rate, seconds, seconds);
        bench.say("trial of " + rate + "/s  " + side.name() + "  " + result);
        trials = trials.with(rate, side.name(), result);
        kept &= result.keptUp(rate);
      }
      if (kept) {
        return rate;
      }
      rate = Math.max(1, (int) (rate * LESS));
    }
    throw new IOException("no rate is kept up, not even " + rate + " a second");
  }

  private static List<String> notes(int half, int rate) {
    List<String> notes =
        new ArrayList<>(
            List.of(
                Machine.SHARED,
                "Requests come at a constant rate, whether earlier ones were answered or not"
                    + " (Gatling, an open workload, over shared connections): half of the slower"
                    + " side's saturation. All sides get the same rate and the same bytes; the peer"
                    + " forwards token and e-mail unread.",
                "A time begins when Gatling lets the request's user come, by System.nanoTime, and"
                    + " waits for no other request. Gatling's schedule is in whole milliseconds,"
                    + " anew each second; how much later than due users came is told beside it.",
                "Rounds are interleaved A B B A, each with a new process of the driver, whose first"
                    + " seconds do not count; a figure is the median over the rounds."));
    if (rate < half) {
      notes.add(
          "Half of saturation, "
              + half
              + " a second, was more than Gatling and gateway keep up together on this machine;"
              + " the rate for all was lowered to "
              + rate
              + ".");
    }
    return notes;
  }

  private List<Figure> figures(Target portcullis, Target bare, int half, int rate) {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.atMost(
            "p99, portcullis in parts of bare",
            ratio(portcullis, bare, LatencyResult::p99),
            "",
            MOST));
    figures.add(
        Figure.told(
            "p50, portcullis in parts of bare", ratio(portcullis, bare, LatencyResult::p50), ""));
    figures.add(
        Figure.told(
            "p99.9, portcullis in parts of bare",
            ratio(portcullis, bare, LatencyResult::p999),
            ""));
    figures.add(Figure.told("arrival rate", rate, "requests/s"));
    figures.add(
        Figure.told("arrival rate, in parts of half of saturation", (double) rate / half, ""));
    results.forEach(
        (side, rounds) -> {
          figures.add(told(side.name() + " p50", rounds, LatencyResult::p50));
          figures.add(told(side.name() + " p99", rounds, LatencyResult::p99));
          figures.add(told(side.name() + " p99.9", rounds, LatencyResult::p999));
        });
    long failures =
        results.values().stream().flatMap(List::stream).mapToLong(LatencyResult::failures).sum();
    figures.add(Figure.exactly("answers other than 200", failures, 0));
    return figures;
  }

  private static Figure told(
      String name, List<LatencyResult> rounds, ToDoubleFunction<LatencyResult> value) {
    return Figure.told(name, spread(rounds, value).median(), "ms");
  }

  private double ratio(Target a, Target b, ToDoubleFunction<LatencyResult> value) {
    List<LatencyResult> first = results.getOrDefault(a, List.of());
    List<LatencyResult> second = results.getOrDefault(b, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      ratios.add(value.applyAsDouble(first.get(i)) / value.applyAsDouble(second.get(i)));
    }
    return Percentiles.of(ratios).median();
  }

  private static Spread spread(List<LatencyResult> rounds, ToDoubleFunction<LatencyResult> value) {
    return Spread.of(rounds.stream().mapToDouble(value).boxed().toList());
  }

  private Chart chart(String title, ToDoubleFunction<LatencyResult> value) {
    return new Chart(
        title,
        "ms",
        Chart.Better.LOWER,
        results.entrySet().stream()
            .map(side -> Bar.of(side.getKey().name(), spread(side.getValue(), value)))
            .toList());
  }

  private Table summary() {
    Table table =
        Table.of(
            "Medians", "side", "p50 ms", "p99 ms", "p99 ms, least", "p99 ms, most", "p99.9 ms");
    for (Map.Entry<Target, List<LatencyResult>> side : results.entrySet()) {
      Spread p99 = spread(side.getValue(), LatencyResult::p99);
      table =
          table.with(
              side.getKey().name(),
              spread(side.getValue(), LatencyResult::p50).median(),
              p99.median(),
              p99.low(),
              p99.high(),
              spread(side.getValue(), LatencyResult::p999).median());
    }
    return table;
  }
}
