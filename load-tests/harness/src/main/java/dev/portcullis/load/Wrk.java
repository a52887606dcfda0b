package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The saturating load: wrk, with the same headers and paths on every run. The token stands in a
 * script that only its owner can read, so that no process list shows it.
 */
final class Wrk {
  /** Of a new file. */
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Sends a token of 38 random letters in each request. */
  private static final String EVER_NEW =
      """
      setup = function(thread)
        seed = (seed or os.time()) + 1
        thread:set("seed", seed)
      end
      init = function(args) math.randomseed(seed) end
      local letters = {}
      request = function()
        for i = 1, 38 do letters[i] = math.random(97, 122) end
        wrk.headers["Authorization"] = "Bearer " .. string.char(unpack(letters))
        return wrk.format()
      end
      """;

  private final Path script;
  private final String path;
  private final int connections;
  private final UnaryOperator<WrkResult> expectation;
  private int runs;

  private Wrk(Path script, String path, int connections, UnaryOperator<WrkResult> expectation) {
    this.script = script;
    this.path = path;
    this.connections = connections;
    this.expectation = expectation;
  }

  /** Requests to these paths in turn. */
  static Wrk of(Bench bench, String name, Credential credential, List<String> paths)
      throws IOException {
    String text = headers(credential.headers()) + (paths.size() > 1 ? inTurn(paths) : "");
    return scripted(bench, name, paths.getFirst(), text);
  }

  /** Requests as a script makes them, whose first argument is the number of the run, from 1. */
  static Wrk scripted(Bench bench, String name, String path, String text) throws IOException {
    return new Wrk(
        script(bench, name, text), path, bench.options().connections(), UnaryOperator.identity());
  }

  /** Requests that have to be refused, with a status from 400. */
  static Wrk refused(Bench bench, String name, Refusal refusal) throws IOException {
    String text = headers(refusal.headers()) + (refusal.everNew() ? EVER_NEW : "");
    return new Wrk(
        script(bench, name, text),
        refusal.path(),
        bench.options().connections(),
        WrkResult::ofRefusals);
  }

  private static Path script(Bench bench, String name, String text) throws IOException {
    Path script = bench.directory("wrk").resolve(name + ".lua");
    Files.createFile(script, OWNER_ONLY);
    return Files.writeString(script, text);
  }

  /** The same over so many connections, at least 2. */
  Wrk over(int others) {
    return new Wrk(script, path, others, expectation);
  }

  /** Runs for that many seconds. */
  Round run(Target target, int seconds) throws IOException, InterruptedException {
    runs++;
    Duration before = target.child().cpuTime();
    WrkResult result =
        expectation.apply(
            WrkResult.parse(
                Tool.WRK.run(
                    List.of(
                        "-t2",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "10s",
                        "--latency",
                        "-s",
                        script.toString(),
                        target.base().resolve(path).toString(),
                        "--",
                        Integer.toString(runs)))));
    target.child().requireAlive();
    Duration used = target.child().cpuTime().minus(before);
    return new Round(target.name(), result, used.toNanos() / 1e3 / result.requests());
  }

  private static String headers(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(
            header ->
                "wrk.headers[\"%s\"] = \"%s\"\n".formatted(header.getKey(), header.getValue()))
        .collect(Collectors.joining());
  }

  private static String inTurn(List<String> paths) {
    return """
    local paths = { %s }
    local requests = {}
    local next = 0
    init = function(args)
      for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path) end
    end
    request = function()
      next = next %% #requests + 1
      return requests[next]
    end
    """
        .formatted(paths.stream().map(p -> '"' + p + '"').collect(Collectors.joining(", ")));
  }
}
