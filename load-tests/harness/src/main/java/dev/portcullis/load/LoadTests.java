package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The harness: runs one measurement against the packaged gateway and writes its report. */
public final class LoadTests {
  private static final List<Measurement> MEASUREMENTS =
      List.of(
          new Throughput(),
          new HotToken(),
          new Revocation(),
          new Outage(),
          new Routes(),
          new Creates(),
          new Pages(),
          new Drill(),
          new Limits(),
          new Limited(),
          new Floods(),
          new Observed(),
          new Noise());

  private static final String ALL = "all";
  private static final int MISSED = 3;
  private static final int USAGE = 2;

  private LoadTests() {}

  /**
   * Takes the measurement's name, or {@code all}, and options. Exits with 0 where every figure is
   * met, 3 where one is missed, 2 for wrong words, 1 for any failure.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Measurement> chosen =
        MEASUREMENTS.stream()
            .filter(m -> args.length > 0 && (args[0].equals(ALL) || m.name().equals(args[0])))
            .toList();
    if (chosen.isEmpty()) {
      System.out.println("load-tests MEASUREMENT [--rounds=8 --seconds=8 --warmup=25 ...]");
      MEASUREMENTS.forEach(m -> System.out.printf("  %-12s %s%n", m.name(), m.purpose()));
      System.out.println("  all          each of them, one after the other");
      System.exit(USAGE);
    }
    List<String> given = Arrays.asList(args).subList(1, args.length);
    boolean met = true;
    for (Measurement measurement : chosen) {
      System.out.println(measurement.name() + ": " + measurement.purpose());
      List<String> words = new ArrayList<>(measurement.defaults());
      words.addAll(given);
      met &= run(measurement, Options.parse(words));
    }
    System.exit(met ? 0 : MISSED);
  }

  private static boolean run(Measurement measurement, Options options)
      throws IOException, InterruptedException {
    try (Bench bench = new Bench(options)) {
      Runtime.getRuntime().addShutdownHook(new Thread(bench::close));
      Report report = measurement.run(bench);
      report.write(options.results());
      report.figures().forEach(figure -> bench.say(figure.toString()));
      bench.say("written: " + options.results().resolve(report.measurement() + ".md"));
      return report.met();
    }
  }
}
