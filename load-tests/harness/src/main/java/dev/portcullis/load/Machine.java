package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The machine and the versions, as a reader of a report needs them; no names of this one machine.
 */
final class Machine {
  /** What a reader of any report must know. */
  static final String SHARED =
      "wrk, nginx, Redis and what is measured share the processors of one machine: ratios mean more"
          + " than absolute numbers.";

  private static final Path STAT = Path.of("/proc/stat");

  /** How long {@link #busyProcessors} looks. */
  static final int WINDOW_SECONDS = 1;

  private Machine() {}

  static Map<String, String> facts(Deployment deployment) throws IOException, InterruptedException {
    Map<String, String> facts = facts();
    facts.put("Redis", deployment.redis().version());
    return facts;
  }

  static Map<String, String> facts() throws IOException, InterruptedException {
    Map<String, String> facts = new TreeMap<>();
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("processor", fact(Path.of("/proc/cpuinfo"), "model name"));
    facts.put("memory", fact(Path.of("/proc/meminfo"), "MemTotal"));
    facts.put(
        "operating system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version").replaceAll("-.*", ""));
    facts.put(
        "JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    facts.put("JVM flags of the gateways", String.join(" ", Jvm.FLAGS));
    facts.putAll(BareGateway.versions());
    for (Tool tool : Tool.values()) {
      tool.version()
          .ifPresent(
              version ->
                  facts.put(
                      tool.name().toLowerCase(Locale.ROOT),
                      version.replaceAll(" Copyright.*", "")));
    }
    return facts;
  }

  /**
   * How many processors are busy on average over one second. Before a round, when the harness's own
   * processes rest, this is what others take.
   */
  static double busyProcessors() throws IOException {
    if (!Files.exists(STAT)) {
      return 0;
    }
    long[] before = jiffies();
    Bench.pass(Duration.ofSeconds(WINDOW_SECONDS));
    long[] after = jiffies();
    return (double) (after[0] - before[0])
        / Math.max(1, after[1] - before[1])
        * Runtime.getRuntime().availableProcessors();
  }

  /** Busy and all. */
  private static long[] jiffies() throws IOException {
    String line = Files.readAllLines(STAT).getFirst();
    long[] fields =
        Arrays.stream(line.split("\\s+")).skip(1).limit(8).mapToLong(Long::parseLong).toArray();
    long all = Arrays.stream(fields).sum();
    return new long[] {all - fields[3] - fields[4], all};
  }

  private static String fact(Path file, String name) throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }
}
