package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What clients see while Redis is killed, stopped, slow or unreachable, and afterwards. */
final class Outage implements Measurement {
  private static final PolicyFiles POLICIES = PolicyFiles.ONE_ROUTE;
  private static final Duration HEALTHY = Duration.ofSeconds(2);
  private static final Duration BROKEN = Duration.ofSeconds(12);
  private static final Duration MENDED = Duration.ofSeconds(8);
  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final int CACHED_TOKENS = 8;
  private static final int UNCACHED_TOKENS = 1_100;
  private static final int WARMING_TOKENS = 300;

  private static final double TIMEOUT_MILLIS = 200;
  private static final double MARGIN_MILLIS = 50;
  private static final double MAX_STALENESS_MILLIS = 5_000;
  private static final double RECOVERY_MILLIS = 2_000;

  private final List<Figure> figures = new ArrayList<>();
  private Table statuses =
      Table.of("Statuses (0: no answer)", "fault", "tokens", "before", "during", "after");
  private Table latencies =
      Table.of("Latency during the outage, ms", "fault", "tokens", "p50", "p99", "max");

  @Override
  public String name() {
    return "outage";
  }

  @Override
  public String purpose() {
    return "Redis killed, stopped, slow and unreachable: statuses, latencies, recovery";
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    for (Fault fault : Fault.values()) {
      add(fault, drill(bench, deployment, fault));
    }
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Machine.SHARED,
            "Every 20 ms one request with a token in use and one with a token never used before;"
                + " the outage lasts 12 s; time-out 200 ms, max-staleness 5 s.",
            "Slow: each answer of Redis comes at least 1 s late; so its heartbeats may count or"
                + " not; cached tokens may go on as long as they do.",
            "Recovery: from the first PONG of Redis to the receipt of the last answer that is not"
                + " 200."),
        figures,
        List.of(statuses, latencies));
  }

  private static OutageTimeline drill(Bench bench, Deployment deployment, Fault fault)
      throws IOException, InterruptedException {
    String name = fault.name().toLowerCase(Locale.ROOT);
    Redis redis = deployment.redis();
    try (DelayingProxy network = DelayingProxy.before(redis.port());
        Caller caller = new Caller()) {
      Gateway gateway =
          deployment.gateway(name, POLICIES, fault.ofNetwork() ? network.port() : redis.port());
      URI uri = gateway.at(POLICIES.path(0));
      List<Credential> warming = gateway.credentials(name + "-warming", WARMING_TOKENS);
      List<Credential> cached = gateway.credentials(name + "-cached", CACHED_TOKENS);
      List<Credential> uncached = gateway.credentials(name + "-uncached", UNCACHED_TOKENS);
      warming.forEach(token -> caller.get(uri, token));
      Burst.run(16, 20_000, done -> {}, () -> caller.get(uri, cached.getFirst()));
      cached.forEach(token -> caller.get(uri, token));

      OpenLoop inUse =
          OpenLoop.start(
              BETWEEN, UNCACHED_TOKENS, i -> caller.get(uri, cached.get(i % CACHED_TOKENS)));
      OpenLoop fresh =
          OpenLoop.start(BETWEEN, UNCACHED_TOKENS, i -> caller.get(uri, uncached.get(i)));
      Bench.pass(HEALTHY);
      fault.begin(redis, network);
      long begun = System.nanoTime();
      bench.say("Redis is " + name);
      Bench.pass(BROKEN);
      long ended = fault.end(redis, network);
      bench.say("Redis is back");
      Bench.pass(MENDED);
      OutageTimeline timeline = new OutageTimeline(begun, ended, inUse.stop(), fresh.stop());
      gateway.target().child().close();
      return timeline;
    }
  }

  private void add(Fault fault, OutageTimeline timeline) {
    String name = fault.name().toLowerCase(Locale.ROOT);
    List<Sample> fresh = timeline.during(timeline.uncached());
    figures.add(
        Figure.exactly(
            name + ": uncached requests in the outage not answered 503",
            fresh.size() - Sample.count(fresh, 503),
            0));
    figures.add(
        Figure.atMost(
            name + ": slowest uncached answer in the outage",
            Sample.latencies(fresh).max(),
            "ms",
            TIMEOUT_MILLIS + MARGIN_MILLIS));
    double served = timeline.lastServedMillis(timeline.cached());
    figures.add(
        fault == Fault.SLOW
            ? Figure.told(name + ": cached tokens are served for", served, "ms")
            : Figure.atMost(
                name + ": cached tokens are served for", served, "ms", MAX_STALENESS_MILLIS));
    figures.add(
        Figure.atMost(
            name + ": recovery of uncached tokens",
            timeline.recoveredMillis(timeline.uncached()),
            "ms",
            RECOVERY_MILLIS));
    figures.add(
        Figure.atMost(
            name + ": recovery of cached tokens",
            timeline.recoveredMillis(timeline.cached()),
            "ms",
            RECOVERY_MILLIS));
    figures.add(Figure.exactly(name + ": answers 401", timeline.unauthorized(), 0));
    rows(name, "cached", timeline, timeline.cached());
    rows(name, "uncached", timeline, timeline.uncached());
  }

  private void rows(String fault, String tokens, OutageTimeline timeline, List<Sample> samples) {
    List<Sample> during = timeline.during(samples);
    List<Sample> before = samples.stream().filter(s -> s.sent() < timeline.begun()).toList();
    statuses =
        statuses.with(
            fault,
            tokens,
            Sample.statuses(before),
            Sample.statuses(during),
            Sample.statuses(timeline.after(samples)));
    Percentiles latency = Sample.latencies(during);
    latencies = latencies.with(fault, tokens, latency.at(50), latency.at(99), latency.max());
  }
}
