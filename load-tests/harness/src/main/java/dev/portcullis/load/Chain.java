package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The chain's decision alone (JMH) against the one HMAC that it contains. */
final class Chain implements Measurement {
  private static final Path JAR = Path.of("load-tests/chain/target/chain.jar");
  private static final double MOST_HMACS = 3;
  private static final double MOST_BYTES = 600;

  /** What is timed: the pattern that names it to JMH, and words. */
  private enum Work {
    HMAC("HmacBenchmark.hmac", "the HMAC alone"),
    CACHED("ChainBenchmark.cached", "a cached token"),
    LEASED("ChainBenchmark.leased", "a cached token, one leased limit"),
    FORGED("ChainBenchmark.forged", "a forged token");

    private final String pattern;
    private final String words;

    Work(String pattern, String words) {
      this.pattern = pattern;
      this.words = words;
    }
  }

  @Override
  public String name() {
    return "chain";
  }

  @Override
  public String purpose() {
    return "the decision on a cached token (JMH), against the one HMAC in it";
  }

  @Override
  public List<String> defaults() {
    return List.of("--rounds=5", "--seconds=5", "--warmup=5");
  }

  @Override
  public List<String> inShort() {
    return List.of("--rounds=1", "--seconds=1", "--warmup=2");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    if (!Files.exists(JAR)) {
      throw new IOException(JAR + " is missing; mvn -q -DskipTests package builds it");
    }
    Map<Work, List<JmhResult>> results = new EnumMap<>(Work.class);
    Table rounds = Table.of("Rounds", "round", "benchmark", "ns", "bytes allocated");
    for (int round = 1; round <= bench.options().rounds(); round++) {
      for (Work work : Contest.inOrder(round - 1, List.of(Work.values()))) {
        JmhResult result = run(bench, work, work.name() + "-" + round);
        bench.say("round " + round + "  " + work.words + "  " + result);
        results.computeIfAbsent(work, first -> new ArrayList<>()).add(result);
        rounds = rounds.with(round, work.words, result.nanos(), result.bytes());
      }
    }
    return new Report(
        name(),
        Machine.facts(),
        List.of(
            "Each round is a process for each benchmark, in turn forwards and backwards; a ratio is"
                + " the median over the rounds. Flags of the JVM: "
                + String.join(" ", bench.options().flags()),
            "The decision is of the real chain before a near cache that has the token: e-mail,"
                + " addresses, end and a scope with a path variable are checked; the store is not"
                + " asked, and the counts of the limit stand in memory.",
            "The HMAC is HMAC-SHA-256 of the secret less its check characters, by the class that"
                + " the chain has it from."),
        figures(results),
        charts(results),
        List.of(summary(results), rounds));
  }

  private static JmhResult run(Bench bench, Work work, String run)
      throws IOException, InterruptedException {
    Path file = bench.directory("jmh").resolve(run + ".json");
    Options options = bench.options();
    List<String> words =
        List.of(
            work.pattern + "$",
            "-f",
            "1",
            "-w",
            "1s",
            "-r",
            "1s",
            "-wi",
            Integer.toString(options.warmup()),
            "-i",
            Integer.toString(options.seconds()),
            "-prof",
            "gc",
            "-rf",
            "json",
            "-rff",
            file.toString(),
            "-jvmArgs",
            String.join(" ", options.flags()));
    bench.start(run, Jvm.jar(JAR, words)).awaitEnd();
    return JmhResult.read(file);
  }

  private static List<Figure> figures(Map<Work, List<JmhResult>> results) {
    return List.of(
        Figure.atMost(
            "decision on a cached token, in parts of the HMAC",
            inHmacs(results, Work.CACHED),
            "",
            MOST_HMACS),
        Figure.atMost(
            "allocated by a decision on a cached token",
            median(results, Work.CACHED, JmhResult::bytes),
            "bytes",
            MOST_BYTES),
        Figure.told("the same with one leased limit", inHmacs(results, Work.LEASED), "HMACs"),
        Figure.told(
            "allocated with one leased limit",
            median(results, Work.LEASED, JmhResult::bytes),
            "bytes"),
        Figure.told("refusal of a forged token", inHmacs(results, Work.FORGED), "HMACs"),
        Figure.told(
            "allocated by the refusal of a forged token",
            median(results, Work.FORGED, JmhResult::bytes),
            "bytes"),
        Figure.told("the HMAC", median(results, Work.HMAC, JmhResult::nanos), "ns"));
  }

  private static List<Chart> charts(Map<Work, List<JmhResult>> results) {
    return List.of(
        chart("Time", "ns", results, JmhResult::nanos),
        chart("Allocated", "bytes", results, JmhResult::bytes));
  }

  private static Chart chart(
      String title,
      String unit,
      Map<Work, List<JmhResult>> results,
      ToDoubleFunction<JmhResult> value) {
    return new Chart(
        title,
        unit,
        Chart.Better.LOWER,
        results.keySet().stream()
            .map(work -> Bar.of(work.words, spread(results, work, value)))
            .toList());
  }

  private static double inHmacs(Map<Work, List<JmhResult>> results, Work work) {
    List<Double> ratios = new ArrayList<>();
    List<JmhResult> hmacs = results.getOrDefault(Work.HMAC, List.of());
    for (int i = 0; i < hmacs.size(); i++) {
      ratios.add(results.getOrDefault(work, List.of()).get(i).nanos() / hmacs.get(i).nanos());
    }
    return Percentiles.of(ratios).median();
  }

  private static double median(
      Map<Work, List<JmhResult>> results, Work work, ToDoubleFunction<JmhResult> value) {
    return spread(results, work, value).median();
  }

  private static Spread spread(
      Map<Work, List<JmhResult>> results, Work work, ToDoubleFunction<JmhResult> value) {
    return Spread.of(
        results.getOrDefault(work, List.of()).stream().mapToDouble(value).boxed().toList());
  }

  private static Table summary(Map<Work, List<JmhResult>> results) {
    Table table =
        Table.of("Medians", "benchmark", "ns", "fastest round", "slowest round", "bytes allocated");
    for (Work work : Work.values()) {
      Spread nanos = spread(results, work, JmhResult::nanos);
      table =
          table.with(
              work.words,
              nanos.median(),
              nanos.low(),
              nanos.high(),
              median(results, work, JmhResult::bytes));
    }
    return table;
  }
}
