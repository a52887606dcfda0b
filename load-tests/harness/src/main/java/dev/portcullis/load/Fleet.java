package dev.portcullis.load;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gateways that are loaded together. */
record Fleet(Bench bench, Redis redis, List<Gateway> gateways) {
  static final int SENT_EACH = 1_500;
  static final int CONNECTIONS = 32;
  private static final Duration STALL = Duration.ofMillis(20);

  /**
   * Sends to all of them at once, for so many seconds, whether they admit it or not.
   *
   * @param limit the route
   */
  FleetLoad load(String limit, Credential credential, int seconds) throws IOException {
    double foreign = Machine.busyProcessors();
    byte[] request = Pipeline.get(LimitPolicies.path(limit), credential.lines());
    Duration cpu = cpu();
    redis.watchStalls(STALL);
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
    return new FleetLoad(begunMillis, took, samples, commands, redis.stalls(), used, foreign);
  }

  private Duration cpu() {
    return gateways.stream()
        .map(gateway -> gateway.target().child().cpuTime())
        .reduce(Duration.ZERO, Duration::plus);
  }
}
