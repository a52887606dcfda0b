package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Redis is asked for a token in constant use, and for one that many use first at once. */
final class HotToken implements Measurement {
  private static final int REQUESTS = 100_000;
  private static final int WORKERS = 32;
  private static final int BURST = 64;
  private static final int BURSTS = 10;
  private static final Duration LATE = Duration.ofMillis(50);

  private Table commands = Table.of("Redis commands", "when", "calls");
  private Table bursts =
      Table.of(
          BURST + " first uses at once, each Redis answer " + LATE.toMillis() + " ms late",
          "burst",
          "statuses",
          "commands by key",
          "fastest ms",
          "slowest ms");

  @Override
  public String name() {
    return "hot-token";
  }

  @Override
  public String purpose() {
    return "Redis reads for 100,000 requests with one token, and for 64 first uses at once";
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    DelayingProxy network = bench.closeLater(DelayingProxy.before(deployment.redis().port()));
    Gateway gateway = deployment.gateway("portcullis", PolicyFiles.ONE_ROUTE, network.port());
    Caller caller = bench.closeLater(new Caller());
    URI uri = gateway.at(PolicyFiles.ONE_ROUTE.path(0));

    List<Figure> figures = new ArrayList<>(hot(bench, deployment.redis(), gateway, caller, uri));
    figures.addAll(firstUses(bench, deployment.redis(), network, gateway, caller, uri));
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            "Counted by INFO commandstats over the whole server; only INFO (this harness) is left"
                + " out. The gateway's heartbeats (PING, ROLE, TIME), its housekeeping and the note"
                + " of the last use, one a minute, come with time and not with requests; the table"
                + " shows them, the figure counts what a request asks for, HMGET and HGETALL.",
            "In the bursts Redis's own command log (SLOWLOG at 0 us) tells the keys; a relay makes"
                + " its answers late, so that all "
                + BURST
                + " requests wait for the same read."),
        figures,
        List.of(commands, bursts));
  }

  private List<Figure> hot(Bench bench, Redis redis, Gateway gateway, Caller caller, URI uri)
      throws IOException, InterruptedException {
    Credential credential = gateway.credentials("hot", 1).getFirst();
    CommandStats before = redis.commandStats();
    Sample first = caller.get(uri, credential);
    CommandStats afterFirst = redis.commandStats();
    List<Sample> rest =
        Burst.run(
            WORKERS,
            REQUESTS - 1,
            done -> bench.say(done + " of " + REQUESTS + " requests"),
            () -> caller.get(uri, credential));
    Map<String, Long> after = redis.commandStats().since(afterFirst);
    commands =
        commands
            .with("first request", afterFirst.since(before))
            .with("the other " + rest.size(), after);
    long ok = Sample.count(rest, 200) + (first.status() == 200 ? 1 : 0);
    return List.of(
        Figure.exactly("requests with one token answered 200", ok, REQUESTS),
        Figure.exactly("reads of records after the first request", CommandStats.reads(after), 0));
  }

  private List<Figure> firstUses(
      Bench bench, Redis redis, DelayingProxy network, Gateway gateway, Caller caller, URI uri)
      throws IOException, InterruptedException {
    int tokenReads = 0;
    int principalReads = 0;
    long refused = 0;
    for (int i = 1; i <= BURSTS; i++) {
      Credential fresh = gateway.credentials("burst-" + i, 1).getFirst();
      Credential warm = gateway.credentials("warm-" + i, 1).getFirst();
      Burst.run(BURST, BURST * 4, done -> {}, () -> caller.get(uri, warm));
      redis.logCommands();
      network.delay(LATE);
      List<Sample> samples = Burst.run(BURST, BURST, done -> {}, () -> caller.get(uri, fresh));
      network.delay(Duration.ZERO);
      Map<String, Integer> logged = new TreeMap<>(redis.loggedCommands());
      logged.keySet().removeIf(command -> !command.contains("{portcullis}"));
      tokenReads = Math.max(tokenReads, on(":token:", logged));
      principalReads = Math.max(principalReads, on(":principal:", logged));
      refused += BURST - Sample.count(samples, 200);
      Percentiles latency = Sample.latencies(samples);
      bursts = bursts.with(i, Sample.statuses(samples), logged, latency.min(), latency.max());
      bench.say("burst " + i + ": " + logged);
    }
    return List.of(
        Figure.exactly("most reads of the token in a burst", tokenReads, 1),
        Figure.exactly("most reads of the principal in a burst", principalReads, 1),
        Figure.exactly("requests of the bursts not answered 200", refused, 0));
  }

  private static int on(String key, Map<String, Integer> logged) {
    return logged.entrySet().stream()
        .filter(entry -> entry.getKey().contains(key))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
