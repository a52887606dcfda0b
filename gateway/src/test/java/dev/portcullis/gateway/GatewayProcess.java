package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program itself, in a process of its own, as a user starts it. */
final class GatewayProcess implements AutoCloseable {
  static final String OPERATOR_TOKEN = "an-operator-token-of-at-least-32-characters";
  static final String PEPPER = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  private static final Duration READY = Duration.ofSeconds(90);
  private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Process reader;
  private final Path output;

  private GatewayProcess(Process process, Process reader, Path output) {
    this.process = process;
    this.reader = reader;
    this.output = output;
  }

  /**
   * Launches it in this directory, at free ports, and waits for nothing. Settings with one dash are
   * the JVM's.
   */
  static GatewayProcess launch(Path directory, String... settings) {
    try {
      Path output = Files.createTempFile(directory, "output", ".txt");
      Process process = command(directory, settings).redirectOutput(output.toFile()).start();
      return new GatewayProcess(process, process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder command(Path directory, String... settings) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
    command.addAll(Stream.of(settings).filter(it -> !it.startsWith("--")).toList());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Portcullis.class.getName(),
            "--server.port=0",
            "--portcullis.control.port=0"));
    command.addAll(Stream.of(settings).filter(it -> it.startsWith("--")).toList());
    return new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
  }

  /** Launches it and waits until it serves. */
  static GatewayProcess start(Path directory, String... settings) {
    return launch(directory, settings).ready();
  }

  private GatewayProcess ready() {
    await().atMost(READY).until(() -> isReady() || !process.isAlive());
    assertThat(process.isAlive()).as(output()).isTrue();
    return this;
  }

  /** Launches it before a pipe that a reader reads, and waits until it serves. */
  static GatewayProcess startReadBy(ProcessBuilder reader, Path directory, String... settings) {
    try {
      Path output = Files.createTempFile(directory, "output", ".txt");
      reader.redirectOutput(output.toFile());
      List<Process> both =
          ProcessBuilder.startPipeline(List.of(command(directory, settings), reader));
      return new GatewayProcess(both.getFirst(), both.getLast(), output).ready();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isReady() {
    return output().contains("Started Portcullis")
        && get(control("/actuator/health/readiness")).statusCode() == 200;
  }

  /** All that it has printed. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All events that it has logged; whatever it has printed has to be one. */
  List<JsonNode> events() {
    return output().lines().filter(line -> !line.isEmpty()).map(JSON::readTree).toList();
  }

  /** Has whoever reads what it prints stop ({@code STOP}) or go on ({@code CONT}). */
  void signalReader(String signal) {
    try {
      String pid = String.valueOf(reader.pid());
      assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  URI data(String target) {
    return URI.create("http://127.0.0.1:" + ports().getFirst() + target);
  }

  URI control(String target) {
    return URI.create("http://127.0.0.1:" + ports().getLast() + target);
  }

  private List<String> ports() {
    return PORT.matcher(output()).results().map(found -> found.group(1)).toList();
  }

  /** What it prints that matches, the first group. */
  String printed(String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(output());
    assertThat(matcher.find()).as(output()).isTrue();
    return matcher.group(1);
  }

  HttpResponse<String> get(URI uri, String... headers) {
    return send(HttpRequest.newBuilder(uri), headers);
  }

  /** Posts this body. */
  HttpResponse<String> post(URI uri, String body, String... headers) {
    return send(
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
  }

  /** Posts JSON to the control plane as the operator. */
  JsonNode post(String path, String json) {
    HttpResponse<String> response = posted(path, json);
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return JSON.readTree(response.body());
  }

  /** Posts JSON to the control plane as the operator, who may be refused. */
  HttpResponse<String> posted(String path, String json) {
    return send(
        HttpRequest.newBuilder(control(path)).POST(HttpRequest.BodyPublishers.ofString(json)),
        "Authorization",
        "Bearer " + OPERATOR_TOKEN,
        "Content-Type",
        "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    try {
      HttpRequest.Builder complete = headers.length == 0 ? request : request.headers(headers);
      return client.send(complete.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it has ended by itself. */
  int exitCode() {
    try {
      assertThat(process.waitFor(READY.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells it to end, as a service manager would, by SIGTERM; waits for nothing. */
  void terminate() {
    process.destroy();
  }

  /** Ends it at once, by SIGKILL. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Ends it as a service manager would, by SIGTERM. */
  @Override
  public void close() {
    terminate();
    exitCode();
  }
}
