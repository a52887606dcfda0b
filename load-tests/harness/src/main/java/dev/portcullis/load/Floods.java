package dev.portcullis.load;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Good requests beside those of attackers, and what these cost. */
final class Floods implements Measurement {
  private static final InetAddress GOOD = InetAddress.getLoopbackAddress();
  private static final double WORSE = 2;
  private static final int WARMING = 9;
  private static final int FORGER = 2;
  private static final double MEBIBYTE = 1 << 20;

  private final List<Figure> figures = new ArrayList<>();
  private Table forgedRounds =
      Table.of(
          "Forged tokens: rounds of good requests, quiet and flooded in turn",
          "pair",
          "quiet p50 ms",
          "quiet p99 ms",
          "flooded p50 ms",
          "flooded p99 ms",
          "flood a second",
          "answers to the flood",
          "reads of Redis",
          "processors busy before");
  private Table floods =
      Table.of(
          "Floods: good requests beside them, and what they cost",
          "flood",
          "a second",
          "what became of it",
          "good not 200",
          "quiet p50 ms",
          "p50 ms",
          "quiet p99 ms",
          "p99 ms",
          "reads of Redis",
          "Redis operations a second",
          "processors, quiet",
          "processors",
          "heap in use after, MiB");

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public String purpose() {
    return "steady good requests beside forged tokens and other floods, and what those cost";
  }

  @Override
  public List<String> defaults() {
    return List.of("--rounds=4", "--seconds=12", "--warmup=20");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    direct(bench, deployment);
    proxied(bench, deployment);
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Machine.SHARED,
            FloodRound.GOOD_PER_SECOND
                + " good requests a second with one token from 127.0.0.1, started on time whether"
                + " or not earlier ones were answered; floods come from other loopback addresses,"
                + " "
                + FloodSenders.PER_SECOND
                + " a second or as many as the gateway takes over 32 connections with 8 requests"
                + " ahead each.",
            "Reads of Redis are HMGET and HGETALL, by which tokens and principals are read. Redis"
                + " operations are all but heartbeats: quiet ones remain.",
            "Clients of a trusted proxy: X-Forwarded-For names one of 100,000 addresses."),
        figures,
        List.of(forgedRounds, floods));
  }

  private void direct(Bench bench, Deployment deployment) throws IOException, InterruptedException {
    Gateway gateway = deployment.gateway("portcullis", new FloodPolicies());
    Credential good = gateway.credentials("good", 1).getFirst();
    Credential revoked = gateway.credentials("revoked", 1).getFirst();
    FloodSenders senders = new FloodSenders(gateway.target().base(), good);
    FloodRound.Scene scene = new FloodRound.Scene(bench, deployment.redis(), gateway, good);
    warm(scene, senders.forged(WARMING));
    forged(scene, senders.forged(FORGER));
    gateway.control().revoke(revoked.tokenId());
    InetAddress forger = FloodSenders.address(FORGER);
    row(scene, "forged, from the address of the good requests", forger, senders.forged(FORGER));
    row(scene, "malformed", GOOD, senders.malformed(3));
    FloodRound unknown = row(scene, "unknown", GOOD, senders.unknown(4));
    figures.add(
        Figure.atMost(
            "unknown: reads of Redis, two for each that is looked up",
            (double) unknown.reads(),
            "",
            2 * FloodSenders.lookedUp(unknown.seconds())));
    FloodRound hammered = row(scene, "one revoked token", GOOD, senders.revoked(5, revoked));
    figures.add(
        Figure.atMost("one revoked token: reads of Redis", (double) hammered.reads(), "", 2));
    row(scene, "500 slow heads", GOOD, senders.slowHeads(6));
    row(scene, "heads of 64 KiB", GOOD, senders.longHeads(7));
    row(scene, "2,000 connections held, of two addresses", GOOD, senders.held(8, 10));
    row(scene, "2,000 connections from one address", GOOD, senders.tooMany(11));
    gateway.target().child().close();
  }

  private void proxied(Bench bench, Deployment deployment)
      throws IOException, InterruptedException {
    Gateway gateway =
        deployment.gateway(
            "behind-proxy",
            new FloodPolicies(),
            deployment.redis().port(),
            List.of("--portcullis.trusted-proxies=127.0.0.0/8"));
    Credential good = gateway.credentials("good-too", 1).getFirst();
    FloodSenders senders = new FloodSenders(gateway.target().base(), good);
    FloodRound.Scene scene = new FloodRound.Scene(bench, deployment.redis(), gateway, good);
    warm(scene, senders.forged(WARMING));
    row(scene, "forged, from 100,000 addresses", GOOD, senders.forgedFromEverywhere(2));
    row(scene, "unknown, from 100,000 addresses", GOOD, senders.unknownFromEverywhere(3));
  }

  private static void warm(FloodRound.Scene scene, Attack attack)
      throws IOException, InterruptedException {
    int seconds = Math.max(1, scene.bench().options().warmup() / 2);
    scene.bench().say("warming for twice " + seconds + " s");
    Wrk.of(
            scene.bench(),
            scene.gateway().target().name(),
            scene.credential(),
            List.of(FloodPolicies.PATH))
        .run(scene.gateway().target(), seconds);
    Attack.Running running = attack.begin();
    Bench.pass(Duration.ofSeconds(seconds));
    running.end();
  }

  private void forged(FloodRound.Scene scene, Attack attack) throws IOException {
    List<FloodRound> quiet = new ArrayList<>();
    List<FloodRound> flooded = new ArrayList<>();
    for (int pair = 1; pair <= scene.bench().options().rounds(); pair++) {
      double foreign = Machine.busyProcessors();
      FloodRound before = scene.quiet(GOOD);
      FloodRound beside = scene.beside(GOOD, attack);
      quiet.add(before);
      flooded.add(beside);
      forgedRounds =
          forgedRounds.with(
              pair,
              before.p50(),
              before.p99(),
              beside.p50(),
              beside.p99(),
              beside.attacksPerSecond(),
              beside.answers(),
              beside.reads(),
              foreign);
      tell(scene, "forged", before, beside);
    }
    figures.add(
        Figure.told("forged tokens a second", median(flooded, FloodRound::attacksPerSecond), ""));
    figures.add(
        Figure.exactly(
            "forged: reads of Redis", flooded.stream().mapToLong(FloodRound::reads).sum(), 0));
    figures.add(
        Figure.atMost(
            "forged: p99 of good requests beside, in parts of quiet",
            median(flooded, FloodRound::p99) / median(quiet, FloodRound::p99),
            "",
            WORSE));
    figures.add(
        Figure.exactly(
            "forged: good requests beside not answered 200",
            flooded.stream().mapToLong(FloodRound::failures).sum(),
            0));
    figures.add(Figure.told("quiet p99 of good requests", median(quiet, FloodRound::p99), "ms"));
    figures.add(
        Figure.told("flooded p99 of good requests", median(flooded, FloodRound::p99), "ms"));
  }

  private FloodRound row(FloodRound.Scene scene, String flood, InetAddress from, Attack attack)
      throws IOException, InterruptedException {
    FloodRound before = scene.quiet(from);
    FloodRound beside = scene.beside(from, attack);
    scene.gateway().target().child().collectGarbage();
    double heap =
        scene.gateway().control().metrics().sum("jvm_memory_used_bytes", "area", "heap") / MEBIBYTE;
    floods =
        floods.with(
            flood,
            beside.attacksPerSecond(),
            beside.answers(),
            beside.failures(),
            before.p50(),
            beside.p50(),
            before.p99(),
            beside.p99(),
            beside.reads(),
            beside.operationsPerSecond(),
            before.processors(),
            beside.processors(),
            heap);
    figures.add(
        Figure.exactly(flood + ": good requests beside not answered 200", beside.failures(), 0));
    tell(scene, flood, before, beside);
    return beside;
  }

  private static void tell(
      FloodRound.Scene scene, String flood, FloodRound before, FloodRound beside) {
    scene
        .bench()
        .say(
            String.format(
                Locale.ROOT,
                "%s: %.0f/s %s; good p99 %.2f ms quiet, %.2f ms beside, %d not 200; %d reads",
                flood,
                beside.attacksPerSecond(),
                beside.answers(),
                before.p99(),
                beside.p99(),
                beside.failures(),
                beside.reads()));
  }

  private static double median(List<FloodRound> rounds, ToDoubleFunction<FloodRound> value) {
    return Percentiles.of(rounds.stream().mapToDouble(value).boxed().toList()).median();
  }
}
