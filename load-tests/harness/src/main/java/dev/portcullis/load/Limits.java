package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What three gateways admit together of one token that all of them get too much of. */
final class Limits implements Measurement {
  static final int PER_SECOND = 1_000;
  static final int BURST = 1_000;
  private static final int GATEWAYS = 3;
  private static final int LONGEST_CONTROL = 15;
  private static final Duration SETTLING = Duration.ofSeconds(2);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final double USED = 0.95;
  private static final double OPERATIONS = 0.05;

  private static final String FREE = "unlimited";
  private static final Map<String, String> LIMITS =
      Map.of(
          FREE,
          "",
          "exact",
          PER_SECOND + " per second per token",
          "leased",
          PER_SECOND + " per second per token leased");

  private final List<Figure> figures = new ArrayList<>();
  private Table loads =
      Table.of(
          "Loads",
          "limit",
          "seconds",
          "sent",
          "statuses (0: no answer)",
          "p50 ms",
          "p99 ms",
          "p99 ms of 200",
          "slowest 200 ms",
          "p99 ms of 429",
          "processors the gateways used",
          "processors busy before");
  private Table seconds =
      Table.of(
          "Arrivals at the upstream in a second, the first and the last aside",
          "limit",
          "least",
          "median",
          "most",
          "most in any second",
          "bucket that would admit all");
  private Table commands =
      Table.of("Redis", "limit", "calls of commands", "stalls of 20 ms and more: the worst, ms");

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public String purpose() {
    return "what three gateways admit of one token under three times its limit and more";
  }

  @Override
  public List<String> defaults() {
    return List.of("--seconds=60", "--warmup=15");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Path log = bench.directory("upstream").resolve("arrivals.log");
    Deployment deployment = Deployment.start(bench, Nginx.logging(bench, log));
    List<Gateway> gateways = new ArrayList<>();
    for (int i = 1; i <= GATEWAYS; i++) {
      gateways.add(deployment.gateway("gateway-" + i, new LimitPolicies(LIMITS)));
    }
    Fleet fleet = new Fleet(bench, deployment.redis(), gateways);
    Credential warming = gateways.getFirst().credentials("warming", 1).getFirst();
    Credential hot = gateways.getFirst().credentials("hot", 1).getFirst();
    for (String limit : List.of(FREE, "leased", "exact")) {
      fleet.load(limit, warming, bench.options().warmup());
    }
    fleet.load(FREE, hot, 1);
    int asked = bench.options().seconds();
    FleetLoad control = fleet.load(FREE, hot, Math.min(asked, LONGEST_CONTROL));
    add(FREE, control);
    for (String limit : List.of("leased", "exact")) {
      FleetLoad load = fleet.load(limit, hot, asked);
      Bench.pass(SETTLING);
      Arrivals arrivals = Arrivals.read(log, LimitPolicies.path(limit)).after(load.begunMillis());
      add(limit, load);
      add(limit, load, control, arrivals);
    }
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Machine.SHARED,
            GATEWAYS
                + " gateways, one token, "
                + PER_SECOND
                + " requests a second with a burst of "
                + BURST
                + "; each gateway is sent "
                + Fleet.SENT_EACH
                + " a second over "
                + Fleet.CONNECTIONS
                + " connections, one request at a time on each.",
            "Counted by the upstream's log. Time runs from before the first request until after the"
                + " last answer; a second of the upstream's has room for what was admitted before"
                + " it, by as much as the slowest admitted answer took.",
            "Redis operations are calls in INFO commandstats, where what a script calls counts as"
                + " well as the script; less heartbeats, and less what the same load without a"
                + " limit costs a request."),
        figures,
        List.of(loads, seconds, commands));
  }

  private void add(String limit, FleetLoad load) {
    List<Sample> samples = load.samples();
    Percentiles all = load.latencies();
    loads =
        loads.with(
            limit,
            load.seconds(),
            samples.size(),
            Sample.statuses(samples),
            all.at(50),
            all.at(99),
            load.latencies(200).at(99),
            load.latencies(200).max(),
            load.latencies(429).at(99),
            load.processors(),
            load.foreign());
    commands = commands.with(limit, load.commands(), load.stalls());
  }

  private void add(String limit, FleetLoad load, FleetLoad control, Arrivals arrivals) {
    long begun = load.begunMillis();
    Duration asked = Duration.ofMillis((long) (load.seconds() * 1_000));
    Percentiles each = arrivals.bySecond(begun + 2_000, asked.minusSeconds(3));
    int most = arrivals.most(SECOND);
    seconds =
        seconds.with(
            limit, each.min(), each.median(), each.max(), most, arrivals.burst(PER_SECOND));
    figures.add(
        Figure.atMost(
            limit + ": admitted in all",
            arrivals.count(),
            "",
            Math.floor(load.seconds() * PER_SECOND + BURST)));
    figures.add(
        Figure.atMost(
            limit + ": most arrivals in any second",
            most,
            "",
            load.admissible(1, PER_SECOND, BURST)));
    double used = arrivals.count() / (load.seconds() * PER_SECOND);
    double later = each.mean() / PER_SECOND;
    double operations = load.operations() - control.operations();
    String ofTime = limit + ": used of limit x time";
    String ofLater = limit + ": used of it, the first 2 s aside";
    String ofRedis = limit + ": Redis operations a request for the limit";
    if (limit.equals("leased")) {
      figures.add(Figure.atLeast(ofTime, used, "", USED));
      figures.add(Figure.atLeast(ofLater, later, "", USED));
      figures.add(Figure.atMost(ofRedis, operations, "", OPERATIONS));
    } else {
      figures.add(Figure.told(ofTime, used, ""));
      figures.add(Figure.told(ofLater, later, ""));
      figures.add(Figure.told(ofRedis, operations, ""));
    }
    figures.add(
        Figure.told(
            limit + ": Redis operations an admitted request",
            operations * load.samples().size() / Math.max(1, arrivals.count()),
            ""));
    figures.add(Figure.told(limit + ": p50 of answers", load.latencies().at(50), "ms"));
    figures.add(Figure.told(limit + ": p99 of answers", load.latencies().at(99), "ms"));
    figures.add(Figure.exactly(limit + ": answers other than 200 and 429", load.failures(), 0));
  }
}
