package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The harness: runs one measurement against the packaged gateway and writes its report. */
public final class LoadTests {
  private static final List<Measurement> MEASUREMENTS =
      List.of(
          new Compare(),
          new Refusals(),
          new HotToken(),
          new Revocation(),
          new Outage(),
          new Tokens(),
          new Routes(),
          new Creates(),
          new Pages(),
          new Drill(),
          new Limits(),
          new Limited(),
          new Floods(),
          new Observed(),
          new Noise(),
          new Change(),
          new Chain(),
          new Latency(),
          new Footprint(),
          new FleetSizes());

  private static final String ALL = "all";
  private static final String SHORT = "short";
  private static final String SHORT_RESULTS = "--results=load-tests/results/short";
  private static final String SHORT_NOTE =
      "The short form: fewer and shorter rounds after short warm-ups, in which a JVM has not yet"
          + " compiled all it will. It shows that everything works, and misleads about how fast.";
  private static final int FAILED = 1;
  private static final int MISSED = 3;
  private static final int USAGE = 2;

  private LoadTests() {}

  /**
   * Takes the measurement's name, or {@code all} or {@code short}, and options. Exits with 0 where
   * every figure is met, 3 where one is missed, 2 for wrong words, 1 where a measurement failed,
   * after which the others go on.
   */
  public static void main(String[] args) throws InterruptedException {
    String word = args.length == 0 ? "" : args[0];
    List<Measurement> chosen = chosen(word);
    if (chosen.isEmpty()) {
      if (!word.isEmpty()) {
        System.err.println(word + ": no such measurement; there are:");
      }
      usage();
      System.exit(USAGE);
    }
    List<String> given = Arrays.asList(args).subList(1, args.length);
    List<Options> options = chosen.stream().map(m -> options(m, word, given)).toList();
    int exit = 0;
    for (int i = 0; i < chosen.size(); i++) {
      Measurement measurement = chosen.get(i);
      System.out.printf(
          "%d of %d, %s: %s%n", i + 1, chosen.size(), measurement.name(), measurement.purpose());
      try {
        boolean met =
            run(measurement, options.get(i), word.equals(SHORT) ? List.of(SHORT_NOTE) : List.of());
        exit = met || exit == FAILED ? exit : MISSED;
      } catch (FileSystemException failure) {
        System.err.println(measurement.name() + " failed: a file or folder: " + failure);
        exit = FAILED;
      } catch (IOException failure) {
        System.err.println(measurement.name() + " failed: " + failure.getMessage());
        exit = FAILED;
      }
    }
    System.exit(exit);
  }

  private static void usage() {
    System.out.println("load-tests/run MEASUREMENT [--rounds=8 --seconds=8 --warmup=25 ...]");
    MEASUREMENTS.forEach(m -> System.out.printf("  %-12s %s%n", m.name(), m.purpose()));
    System.out.printf("  %-12s %s%n", ALL, "each that needs no option, one after the other");
    System.out.printf("  %-12s %s%n", SHORT, "in three minutes: " + names(chosen(SHORT)));
  }

  private static String names(List<Measurement> measurements) {
    return measurements.stream().map(Measurement::name).collect(Collectors.joining(", "));
  }

  static List<Measurement> chosen(String word) {
    return MEASUREMENTS.stream()
        .filter(
            measurement ->
                switch (word) {
                  case ALL -> measurement.required().isEmpty();
                  case SHORT -> !measurement.inShort().isEmpty();
                  default -> measurement.name().equals(word);
                })
        .toList();
  }

  static Options options(Measurement measurement, String word, List<String> given) {
    List<String> words = new ArrayList<>(measurement.defaults());
    if (word.equals(SHORT)) {
      words.addAll(measurement.inShort());
      words.add(SHORT_RESULTS);
    }
    words.addAll(given);
    try {
      return Options.parse(words, measurement.required());
    } catch (IllegalArgumentException wrong) {
      System.err.println(measurement.name() + ": " + wrong.getMessage());
      System.exit(USAGE);
      throw wrong;
    }
  }

  private static boolean run(Measurement measurement, Options options, List<String> notes)
      throws IOException, InterruptedException {
    try (Bench bench = new Bench(options)) {
      Runtime.getRuntime().addShutdownHook(new Thread(bench::close));
      Files.createDirectories(options.results());
      Report report =
          measurement.run(bench).with(notes).with(List.of("Made with " + options.line() + "."));
      report.write(options.results());
      report.figures().forEach(figure -> bench.say(figure.toString()));
      bench.say("written: " + options.results().resolve(report.measurement() + ".md"));
      bench.say("to look at: " + options.results().resolve(Page.FILE));
      return report.met();
    }
  }
}
