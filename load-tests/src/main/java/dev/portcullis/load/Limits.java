package dev.portcullis.load;

import java.io.IOException;
import java.net.InetAddress;
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
  private static final int SENT_EACH = 1_500;
  private static final int CONNECTIONS = 32;
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
          "at the upstream",
          "p50 ms",
          "p99 ms",
          "p99 ms of 200",
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
  private Table commands = Table.of("Redis commands", "limit", "calls");

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
    Load control = fleet.load(FREE, hot, Math.min(asked, LONGEST_CONTROL));
    add(FREE, control);
    for (String limit : List.of("leased", "exact")) {
      Load load = fleet.load(limit, hot, asked);
      Bench.pass(SETTLING);
      Arrivals arrivals = Arrivals.read(log, LimitPolicies.path(limit)).after(load.begunMillis());
      add(limit, load);
      add(limit, load, control, arrivals);
    }
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Throughput.SHARED,
            GATEWAYS
                + " gateways, one token, "
                + PER_SECOND
                + " requests a second with a burst of "
                + BURST
                + "; each gateway is sent "
                + SENT_EACH
                + " a second over "
                + CONNECTIONS
                + " connections, one request at a time on each.",
            "Counted by the upstream's log. Time runs from before the first request until after the"
                + " last answer.",
            "Redis operations are calls in INFO commandstats, where what a script calls counts as"
                + " well as the script; less heartbeats, and less what the same load without a"
                + " limit costs a request."),
        figures,
        List.of(loads, seconds, commands));
  }

  private void add(String limit, Load load) {
    List<Sample> samples = load.samples();
    Percentiles all = Sample.latencies(samples);
    loads =
        loads.with(
            limit,
            load.seconds(),
            samples.size(),
            Sample.statuses(samples),
            "",
            all.at(50),
            all.at(99),
            Sample.latencies(Sample.with(samples, 200)).at(99),
            Sample.latencies(Sample.with(samples, 429)).at(99),
            load.processors(),
            load.foreign());
    commands = commands.with(limit, load.commands());
  }

  private void add(String limit, Load load, Load control, Arrivals arrivals) {
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
        Figure.atMost(limit + ": most admitted in any second", most, "", PER_SECOND + BURST));
    double used = arrivals.count() / (load.seconds() * PER_SECOND);
    double later = each.mean() / PER_SECOND;
    double operations = load.operations() - control.operations();
    if (limit.equals("leased")) {
      figures.add(Figure.atLeast(limit + ": used of limit x time", used, "", USED));
      figures.add(Figure.atLeast(limit + ": used of it, the first 2 s aside", later, "", USED));
      figures.add(
          Figure.atMost(
              limit + ": Redis operations a request for the limit", operations, "", OPERATIONS));
    } else {
      figures.add(Figure.told(limit + ": used of limit x time", used, ""));
      figures.add(Figure.told(limit + ": used of it, the first 2 s aside", later, ""));
      figures.add(
          Figure.told(limit + ": Redis operations a request for the limit", operations, ""));
    }
    figures.add(
        Figure.told(
            limit + ": Redis operations an admitted request",
            operations * load.samples().size() / Math.max(1, arrivals.count()),
            ""));
    figures.add(
        Figure.told(limit + ": p50 of answers", Sample.latencies(load.samples()).at(50), "ms"));
    figures.add(
        Figure.told(limit + ": p99 of answers", Sample.latencies(load.samples()).at(99), "ms"));
    figures.add(
        Figure.exactly(
            limit + ": answers other than 200 and 429",
            load.samples().size()
                - Sample.count(load.samples(), 200)
                - Sample.count(load.samples(), 429),
            0));
  }

  /** The gateways that are loaded together. */
  private record Fleet(Bench bench, Redis redis, List<Gateway> gateways) {

    Load load(String limit, Credential credential, int seconds) throws IOException {
      double foreign = Machine.busyProcessors();
      byte[] request = Pipeline.get(LimitPolicies.path(limit), credential.lines());
      Duration cpu = cpu();
      CommandStats before = redis.commandStats();
      long begunMillis = System.currentTimeMillis();
      long begun = System.nanoTime();
      List<Barrage> barrages = new ArrayList<>();
      for (Gateway gateway : gateways) {
        barrages.add(
            Barrage.start(
                new Barrage.Plan(
                    InetAddress.getLoopbackAddress(),
                    gateway.target().base(),
                    CONNECTIONS,
                    1,
                    SENT_EACH),
                () -> request));
      }
      Bench.pass(Duration.ofSeconds(seconds));
      List<Sample> samples = new ArrayList<>();
      barrages.forEach(Barrage::end);
      barrages.forEach(barrage -> samples.addAll(barrage.stop()));
      double took = (System.nanoTime() - begun) / 1e9;
      Map<String, Long> commands = redis.commandStats().since(before);
      double used = cpu().minus(cpu).toNanos() / 1e9 / took;
      bench.say(limit + " for " + seconds + " s: " + Sample.statuses(samples));
      return new Load(begunMillis, took, samples, commands, used, foreign);
    }

    private Duration cpu() {
      return gateways.stream()
          .map(gateway -> gateway.target().child().cpuTime())
          .reduce(Duration.ZERO, Duration::plus);
    }
  }

  /** One load and what it cost. */
  private record Load(
      long begunMillis,
      double seconds,
      List<Sample> samples,
      Map<String, Long> commands,
      double processors,
      double foreign) {

    /** Redis operations a request, heartbeats aside. */
    double operations() {
      return (double) CommandStats.withoutHeartbeats(commands) / samples.size();
    }
  }
}
