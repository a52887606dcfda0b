package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/** One, two and four gateways on one Redis, all of those in use under load at once. */
final class FleetSizes implements Measurement {
  private static final List<Integer> SIZES = List.of(1, 2, 4);

  /** wrk has two threads, and wants a connection for each. */
  private static final int FEWEST = 2;

  @Override
  public String name() {
    return "fleet";
  }

  @Override
  public String purpose() {
    return "1, 2 and 4 gateways on one Redis: requests/s, CPU and Redis operations a request";
  }

  @Override
  public List<String> defaults() {
    return List.of("--rounds=4", "--warmup=15");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    List<Gateway> gateways = new ArrayList<>();
    for (int i = 1; i <= SIZES.getLast(); i++) {
      gateways.add(deployment.gateway("gateway-" + i, LimitPolicies.LEASED));
    }
    Credential credential = gateways.getFirst().credentials("hot", 1).getFirst();
    String path = LimitPolicies.path(LimitPolicies.LEASED_ROUTE);
    Wrk load = Wrk.of(bench, name(), credential, List.of(path));
    for (Gateway gateway : gateways) {
      bench.say("warming " + gateway.target().name());
      load.run(gateway.target(), bench.options().warmup());
    }

    Map<Integer, List<FleetRound>> results = new TreeMap<>();
    Table rounds =
        Table.of(
            "Rounds",
            "round",
            "gateways",
            "requests/s",
            "CPU us a request",
            "Redis operations",
            "Redis operations a request",
            "not 200");
    for (int number = 1; number <= bench.options().rounds(); number++) {
      for (int size : Contest.inOrder(number - 1, SIZES)) {
        CommandStats before = deployment.redis().commandStats();
        List<Round> each = together(bench.options(), gateways.subList(0, size), load);
        Map<String, Long> calls = deployment.redis().commandStats().since(before);
        FleetRound round = FleetRound.of(each, calls);
        bench.say("round " + number + "  " + round);
        results.computeIfAbsent(size, first -> new ArrayList<>()).add(round);
        rounds =
            rounds.with(
                number,
                size,
                round.perSecond(),
                round.cpuMicros(),
                calls,
                round.redisCalls(),
                round.wrong());
      }
    }
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Machine.SHARED,
            "All gateways run on this one machine, whose processors are busy with one: more of them"
                + " cannot answer more. What a request costs, here and in Redis, is what to look"
                + " at.",
            "One token with a leased limit of more than can be sent; the connections are shared out"
                + " among the gateways in use. Those that are not are connected to Redis, and"
                + " idle.",
            "Redis operations are calls in INFO commandstats, where what a script calls counts as"
                + " well as the script; less PING and ROLE."),
        figures(results),
        List.of(
            chart("Requests a second", "", Chart.Better.HIGHER, results, FleetRound::perSecond),
            chart("CPU time a request", "us", Chart.Better.LOWER, results, FleetRound::cpuMicros),
            chart(
                "Redis operations a request",
                "",
                Chart.Better.LOWER,
                results,
                FleetRound::redisCalls)),
        List.of(rounds));
  }

  private static List<Round> together(Options options, List<Gateway> gateways, Wrk load)
      throws IOException, InterruptedException {
    int connections = Math.max(FEWEST, options.connections() / gateways.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Round>> runs =
          gateways.stream()
              .map(
                  gateway ->
                      threads.submit(
                          () -> load.over(connections).run(gateway.target(), options.seconds())))
              .toList();
      List<Round> rounds = new ArrayList<>();
      for (Future<Round> run : runs) {
        rounds.add(run.get());
      }
      return rounds;
    } catch (ExecutionException e) {
      throw new IOException("a gateway or its load failed", e);
    }
  }

  private static List<Figure> figures(Map<Integer, List<FleetRound>> results) {
    List<Figure> figures = new ArrayList<>();
    results.forEach(
        (size, rounds) -> {
          String of = ", gateways: " + size;
          figures.add(told("requests a second" + of, rounds, FleetRound::perSecond, ""));
          figures.add(told("CPU time a request" + of, rounds, FleetRound::cpuMicros, "us"));
          figures.add(told("Redis operations a request" + of, rounds, FleetRound::redisCalls, ""));
        });
    long wrong = results.values().stream().flatMap(List::stream).mapToLong(FleetRound::wrong).sum();
    figures.add(Figure.told("answers other than 200", (double) wrong, ""));
    return figures;
  }

  private static Figure told(
      String name, List<FleetRound> rounds, ToDoubleFunction<FleetRound> value, String unit) {
    return Figure.told(name, spread(rounds, value).median(), unit);
  }

  private static Chart chart(
      String title,
      String unit,
      Chart.Better better,
      Map<Integer, List<FleetRound>> results,
      ToDoubleFunction<FleetRound> value) {
    return new Chart(
        title,
        unit,
        better,
        results.entrySet().stream()
            .map(size -> Bar.of("portcullis x " + size.getKey(), spread(size.getValue(), value)))
            .toList());
  }

  private static Spread spread(List<FleetRound> rounds, ToDoubleFunction<FleetRound> value) {
    return Spread.of(rounds.stream().mapToDouble(value).boxed().toList());
  }
}
