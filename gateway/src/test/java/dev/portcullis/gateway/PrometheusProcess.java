package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus that looks at one gateway every second, by the shipped rules. */
final class PrometheusProcess implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Duration READY = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern LISTENING =
      Pattern.compile("\"Listening on\".* address=127\\.0\\.0\\.1:(\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path output;

  private PrometheusProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it, on any free port, with its data in this directory. */
  static PrometheusProcess watching(int controlPort, Path directory) {
    try {
      Path output = directory.resolve("output.txt");
      Path configuration =
          Files.writeString(
              directory.resolve("prometheus.yml"),
              Files.readString(AlertRules.FILE.resolveSibling("prometheus.yml"))
                  .replace("15s", "1s")
                  .replace("127.0.0.1:9090", "127.0.0.1:" + controlPort)
                  .replace("portcullis.rules.yml", AlertRules.FILE.toAbsolutePath().toString()));
      Process process =
          new ProcessBuilder(
                  "prometheus",
                  "--config.file=" + configuration,
                  "--storage.tsdb.path=" + directory.resolve("data"),
                  "--storage.tsdb.retention.time=1h",
                  "--web.listen-address=127.0.0.1:0")
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      PrometheusProcess prometheus = new PrometheusProcess(process, output);
      prometheus.awaitUp();
      return prometheus;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitUp() throws IOException {
    try {
      await()
          .atMost(READY)
          .ignoreExceptions()
          .failFast(() -> !process.isAlive())
          .until(() -> value("sum(up)") == 1);
    } catch (RuntimeException e) {
      close();
      throw new IllegalStateException(Files.readString(output), e);
    }
  }

  private String port() throws IOException {
    Matcher said = LISTENING.matcher(Files.readString(output));
    if (!said.find()) {
      throw new IllegalStateException("it does not listen yet");
    }
    return said.group(1);
  }

  /** The value of a query with one result now; 0 where there is none. */
  double value(String query) {
    return ask("/api/v1/query?query=" + encoded(query)).at("/data/result/0/value/1").asDouble(0);
  }

  /** The results of a query at this moment. */
  JsonNode at(Instant moment, String query) {
    return ask("/api/v1/query?time=" + moment.getEpochSecond() + "&query=" + encoded(query))
        .at("/data/result");
  }

  /** The results of a query over this time, one a second. */
  JsonNode over(Instant from, Instant to, String query) {
    return ask("/api/v1/query_range?step=1&start=%d&end=%d&query=%s"
            .formatted(from.getEpochSecond(), to.getEpochSecond(), encoded(query)))
        .at("/data/result");
  }

  /** What it answers at this path of its API; an error where it is not content. */
  JsonNode ask(String path) {
    try {
      String body =
          client
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                      .timeout(Duration.ofSeconds(20))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      JsonNode answer = JSON.readTree(body);
      if (!answer.path("status").asString().equals("success")) {
        throw new IllegalStateException(path + ": " + body);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
