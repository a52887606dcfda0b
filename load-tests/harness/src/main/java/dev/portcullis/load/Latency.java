package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Latency at a constant arrival rate: half of what the slower of gateway and bare peer can do. */
final class Latency implements Measurement {
  private static final double MOST = 1.1;
  private static final String ROUTE = LimitPolicies.LEASED_ROUTE;
  private static final Peer BARE = new BareGateway("bare");
  private static final List<Peer> OTHERS =
      List.of(new RedisFilter(), new ResourceServer(), new HaproxyTokenMap());

  private static final int DRIVER_WARMUP = 10;
  private static final int TRIALS = 8;
  private static final double LESS = 0.8;

  /**
   * The part of a peer's saturation that it bears beside Gatling, which leaves it less than wrk.
   */
  private static final double BEARABLE = 0.5;

  private Table saturation = Table.of("Saturation (wrk)", "side", "requests/s", "p99 ms");
  private Table trials = Table.of("Trials of the rate", "requests/s wanted", "side", "came of it");

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
    return List.of("--rounds=6", "--seconds=12");
  }

  @Override
  public List<String> inShort() {
    return List.of("--rounds=1", "--seconds=1", "--warmup=2", "--rate=500");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    // All users have one address, and each a connection while it waits.
    Gateway gateway =
        deployment.gateway(
            Bar.OWN,
            LimitPolicies.LEASED,
            deployment.redis().port(),
            List.of("--portcullis.client.max-connections-per-address=10000"));
    Target own = gateway.target();
    Credential credential = gateway.credentials("hot", 1).getFirst();
    Stage stage =
        new Stage(
            deployment.upstream(), LimitPolicies.pattern(ROUTE), credential, deployment.redis());
    Target bare = BARE.start(bench, stage);
    Peers peers = Peers.start(bench, stage, bench.options().rounds() > 1 ? OTHERS : List.of());
    List<Target> sides = new ArrayList<>(List.of(own, bare));
    sides.addAll(peers.running().values());

    Wrk wrk = Wrk.of(bench, name(), credential, List.of(stage.path()));
    Map<Target, Double> most = saturations(bench, wrk, sides);
    int half = (int) (Math.min(most.getOrDefault(own, 0.0), most.getOrDefault(bare, 0.0)) / 2);
    ConstantRate load = ConstantRate.of(bench, credential, stage.path());
    int wanted = Math.clamp(half, 1, bench.options().rate());
    int rate = kept(bench, load, List.of(own, bare), wanted);
    List<String> notes = notes(half, wanted, rate);
    notes.addAll(peers.missing());
    for (Target slow :
        sides.stream().filter(side -> most.getOrDefault(side, 0.0) * BEARABLE < rate).toList()) {
      sides.remove(slow);
      notes.add(slow.name() + " was left out: this rate is more than it bears.");
    }

    LatencyRounds rounds = new LatencyRounds();
    int warmup = Math.min(DRIVER_WARMUP, bench.options().warmup());
    for (int round = 1; round <= bench.options().rounds(); round++) {
      for (Target side : Contest.inOrder(round - 1, sides)) {
        LatencyResult result = load.run(side, rate, warmup, bench.options().seconds());
        bench.say("round " + round + "  " + side.name() + "  " + result);
        rounds.add(round, side, result);
      }
    }
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                Figure.atMost(
                    "p99, portcullis in parts of bare",
                    rounds.ratio(own, bare, LatencyResult::p99),
                    "",
                    MOST),
                Figure.told(
                    "p50, portcullis in parts of bare",
                    rounds.ratio(own, bare, LatencyResult::p50),
                    ""),
                Figure.told(
                    "p99.9, portcullis in parts of bare",
                    rounds.ratio(own, bare, LatencyResult::p999),
                    ""),
                Figure.told("arrival rate", rate, "requests/s"),
                Figure.told(
                    "arrival rate, in parts of half of saturation", (double) rate / half, "")));
    figures.addAll(rounds.figures());
    return new Report(
        name(),
        Machine.facts(deployment),
        notes,
        figures,
        rounds.charts(),
        List.of(rounds.summary(), rounds.rounds(), saturation, trials));
  }

  /** Warms all, and finds how many requests a second each can answer. */
  private Map<Target, Double> saturations(Bench bench, Wrk load, List<Target> sides)
      throws IOException, InterruptedException {
    for (Target side : sides) {
      bench.say("warming " + side.name() + " for " + bench.options().warmup() + " s");
      load.run(side, bench.options().warmup());
    }
    Map<Target, Double> most = new HashMap<>();
    for (Target side : sides) {
      Round round = load.run(side, bench.options().seconds());
      bench.say(round.line());
      saturation = saturation.with(side.name(), round.perSecond(), round.p99Millis());
      most.put(side, round.perSecond());
    }
    return most;
  }

  /** The rate that the driver and both sides keep up on this machine, at most the one wanted. */
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

  private static List<String> notes(int half, int wanted, int rate) {
    List<String> notes =
        new ArrayList<>(
            List.of(
                Machine.SHARED,
                "Requests come at a constant rate, whether earlier ones were answered or not"
                    + " (Gatling, an open workload, over shared connections): half of the"
                    + " saturation of portcullis or of bare, whichever has less. All sides get the"
                    + " same rate and the same bytes.",
                "A time begins when Gatling lets the request's user come, by System.nanoTime, and"
                    + " waits for no other request. Gatling's schedule is in whole milliseconds,"
                    + " anew each second; how much later than due users came is told beside it.",
                "Rounds are interleaved, forwards and backwards in turn, each with a new process of"
                    + " the driver, whose first seconds do not count; a ratio is the median over"
                    + " the rounds."));
    if (wanted < half) {
      notes.add("Half of saturation is " + half + " a second; no more were to come than " + wanted);
    }
    if (rate < wanted) {
      notes.add(
          wanted
              + " a second was more than Gatling and gateway keep up together on this machine;"
              + " the rate for all was lowered to "
              + rate
              + ".");
    }
    return notes;
  }
}
