package dev.portcullis.load;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One stretch of steady good requests, with or without a flood beside them.
 *
 * @param good the steady requests
 * @param commands that Redis ran meanwhile
 * @param processors that the gateway used
 */
record FloodRound(
    double seconds,
    List<Sample> good,
    Map<String, Long> commands,
    double processors,
    Optional<Attack.Outcome> attack) {
  static final int GOOD_PER_SECOND = 200;
  private static final Duration BETWEEN = Duration.ofNanos(1_000_000_000L / GOOD_PER_SECOND);

  /** Where good requests go, and who sends them. */
  record Scene(Bench bench, Redis redis, Gateway gateway, Credential credential) {

    FloodRound quiet(InetAddress from) throws IOException {
      return round(from, Optional.empty());
    }

    FloodRound beside(InetAddress from, Attack attack) throws IOException {
      return round(from, Optional.of(attack.begin()));
    }

    private FloodRound round(InetAddress from, Optional<Attack.Running> attack) {
      int seconds = bench.options().seconds();
      try (Caller caller = new Caller(from)) {
        CommandStats before = redis.commandStats();
        Duration cpu = gateway.target().child().cpuTime();
        long begun = System.nanoTime();
        OpenLoop loop =
            OpenLoop.start(
                BETWEEN,
                seconds * GOOD_PER_SECOND,
                i -> caller.get(gateway.at(FloodPolicies.PATH), credential));
        Bench.pass(Duration.ofSeconds(seconds));
        List<Sample> good = loop.stop();
        Optional<Attack.Outcome> outcome = attack.map(Attack.Running::end);
        double took = (System.nanoTime() - begun) / 1e9;
        Duration used = gateway.target().child().cpuTime().minus(cpu);
        return new FloodRound(
            took, good, redis.commandStats().since(before), used.toNanos() / 1e9 / took, outcome);
      }
    }
  }

  double p50() {
    return Sample.latencies(good).at(50);
  }

  double p99() {
    return Sample.latencies(good).at(99);
  }

  /** Good requests that were not answered 200. */
  long failures() {
    return good.size() - Sample.count(good, 200);
  }

  /** Reads of tokens and principals. */
  long reads() {
    return commands.getOrDefault("hmget", 0L) + commands.getOrDefault("hgetall", 0L);
  }

  /** All that Redis did a second, heartbeats aside. */
  double operationsPerSecond() {
    return CommandStats.withoutHeartbeats(commands) / seconds;
  }

  double attacksPerSecond() {
    return attack.map(outcome -> outcome.sent() / seconds).orElse(0d);
  }

  String answers() {
    return attack.map(Attack.Outcome::answers).orElse("");
  }
}
