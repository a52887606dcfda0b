package dev.portcullis.load;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tokens made a second by the gateway out of the box, with audit, each on disk when answered. */
final class Creates implements Measurement {
  private static final double TARGET = 1_000;

  private Table rounds =
      Table.of(
          "Rounds",
          "creates a second",
          "p50 ms",
          "p99 ms",
          "max ms",
          "us CPU a create, gateway",
          "us CPU a create, Redis",
          "Redis scripts a create",
          "processors busy before");
  private final List<Double> rates = new ArrayList<>();

  @Override
  public String name() {
    return "creates";
  }

  @Override
  public String purpose() {
    return "tokens created a second on the embedded Redis, with audit, fsync before each answer";
  }

  @Override
  public List<String> defaults() {
    return List.of("--connections=32");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Options options = bench.options();
    EmbeddedGateway gateway = EmbeddedGateway.start(bench);
    AuditTrail trail = new AuditTrail(bench.closeLater(gateway.control().connect()));
    for (int i = 0; i < options.connections(); i++) {
      gateway.control().createPrincipal(CreateLoad.principal(i), PolicyFiles.SCOPES);
    }
    long before = trail.verify().total();
    CreateLoad load = bench.closeLater(new CreateLoad(gateway.control(), options.connections()));
    bench.say("warming for " + options.warmup() + " s");
    load.run(Duration.ofSeconds(options.warmup()));
    List<Sample> all = new ArrayList<>();
    try (RedisClient client = RedisClient.create(gateway.redisUri())) {
      RedisCommands<String, String> redis = client.connect().sync();
      for (int i = 0; i < options.rounds(); i++) {
        all.addAll(round(bench, gateway, load, redis));
      }
    }
    bench.say("checking the audit trail");
    AuditTrail.Check check = trail.verify();
    List<String> audited = trail.entries("token.create").stream().map(AuditEntry::token).toList();
    return report(load, all, check, before, audited);
  }

  private List<Sample> round(
      Bench bench, EmbeddedGateway gateway, CreateLoad load, RedisCommands<String, String> redis)
      throws IOException {
    double busy = Machine.busyProcessors();
    CommandStats stats = CommandStats.parse(redis.info("commandstats"));
    Duration cpu = gateway.child().ownCpuTime();
    Duration redisCpu = gateway.redisCpuTime();
    long start = System.nanoTime();
    List<Sample> samples = load.run(Duration.ofSeconds(bench.options().seconds()));
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Long> commands = CommandStats.parse(redis.info("commandstats")).since(stats);
    Percentiles latency = Sample.latencies(samples);
    double rate = Sample.count(samples, CreateLoad.CREATED) / seconds;
    double each = 1e-3 / Math.max(1, samples.size());
    rates.add(rate);
    rounds =
        rounds.with(
            rate,
            latency.at(50),
            latency.at(99),
            latency.max(),
            gateway.child().ownCpuTime().minus(cpu).toNanos() * each,
            gateway.redisCpuTime().minus(redisCpu).toNanos() * each,
            (double) commands.getOrDefault("eval", 0L) / Math.max(1, samples.size()),
            busy);
    bench.say(
        String.format(
            Locale.ROOT,
            "%5.0f creates/s  p50 %5.1f ms  p99 %6.1f ms",
            rate,
            latency.at(50),
            latency.at(99)));
    return samples;
  }

  private Report report(
      CreateLoad load, List<Sample> all, AuditTrail.Check check, long before, List<String> audited)
      throws IOException, InterruptedException {
    Set<String> without = new HashSet<>(load.acknowledged());
    audited.forEach(without::remove);
    Percentiles latency = Sample.latencies(all);
    return new Report(
        name(),
        Machine.facts(),
        List.of(
            "The load, the gateway and its Redis share the processors of one machine.",
            "Each worker has one open connection and a principal of its own, and asks for the next"
                + " token when it was given one. Redis has every change, and what the audit trail"
                + " says of it, on disk before the answer (appendfsync always).",
            "Redis scripts a create: one script, and so one write to disk, makes as many changes as"
                + " wait for it."),
        List.of(
            Figure.atLeast(
                "tokens created a second, median of the rounds",
                Percentiles.of(rates).median(),
                "",
                TARGET),
            Figure.told("p50 latency", latency.at(50), "ms"),
            Figure.told("p99 latency", latency.at(99), "ms"),
            Figure.exactly("answers other than 201", load.refused(), 0),
            Figure.exactly(
                "entries of the audit trail for the tokens that were acknowledged",
                check.total() - before,
                load.acknowledged().size()),
            Figure.exactly("tokens without an entry of their own", without.size(), 0),
            Figure.exactly("entries that were verified", check.verified(), check.total()),
            Figure.exactly("problems of the audit trail", check.problems().size(), 0)),
        List.of(rounds));
  }
}
