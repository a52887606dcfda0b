package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The harness: runs one measurement against the packaged gateway and writes its report. */
public final class LoadTests {
  private static final List<Measurement> MEASUREMENTS =
      List.of(
          new Compare(),
          new Refusals(),
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
          new Noise(),
          new Change());

  private static final String ALL = "all";
  private static final int MISSED = 3;
  private static final int USAGE = 2;

  private LoadTests() {}

  /**
   * Takes the measurement's name, or {@code all}, and options. Exits with 0 where every figure is
   * met, 3 where one is missed, 2 for wrong words, 1 for any failure.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Measurement> chosen = args.length == 0 ? List.of() : chosen(args[0]);
    if (chosen.isEmpty()) {
      System.out.println("load-tests MEASUREMENT [--rounds=8 --seconds=8 --warmup=25 ...]");
      MEASUREMENTS.forEach(m -> System.out.printf("  %-12s %s%n", m.name(), m.purpose()));
      System.out.println("  all          each that needs no option, one after the other");
      System.exit(USAGE);
    }
    List<String> given = Arrays.asList(args).subList(1, args.length);
    boolean met = true;
    for (Measurement measurement : chosen) {
      System.out.println(measurement.name() + ": " + measurement.purpose());
      met &= run(measurement, options(measurement, given));
    }
    System.exit(met ? 0 : MISSED);
  }

  private static List<Measurement> chosen(String word) {
    return MEASUREMENTS.stream()
        .filter(m -> m.name().equals(word) || (word.equals(ALL) && m.required().isEmpty()))
        .toList();
  }

  private static Options options(Measurement measurement, List<String> given) {
    List<String> words = new ArrayList<>(measurement.defaults());
    words.addAll(given);
    try {
      return Options.parse(words, measurement.required());
    } catch (IllegalArgumentException wrong) {
      System.err.println(measurement.name() + ": " + wrong.getMessage());
      System.exit(USAGE);
      throw wrong;
    }
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
