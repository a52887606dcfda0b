package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operator who asks a control plane over HTTP.
 *
 * @param base where it is
 * @param headers sent with each request, name and value in turn
 * @param described whether each answer is held against the control plane's description
 */
public record Asker(URI base, List<String> headers, boolean described) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  /** What came back. */
  public record Answer(HttpResponse<String> response) {
    /** The status code. */
    public int status() {
      return response.statusCode();
    }

    String header(String name) {
      return String.join("|", response.headers().allValues(name));
    }

    /** The body. */
    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** The member at a path such as {@code /token/id}, as text. */
    public String at(String pointer) {
      return json().at(pointer).asString();
    }

    /** The body, line by line. */
    List<JsonNode> lines() {
      return response.body().lines().map(JSON::readTree).toList();
    }

    /** The ids of a list's items. */
    public List<String> ids() {
      return json().path("items").valueStream().map(item -> item.get("id").asString()).toList();
    }

    /** Asserts that it is problem details that name these fields and nothing of the program. */
    public void isRefusal(int status, String... fields) {
      assertThat(status()).as(response.body()).isEqualTo(status);
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(json().get("status").asInt()).isEqualTo(status);
      assertThat(fields()).containsExactlyInAnyOrder(fields);
      assertThat(response.body()).doesNotContain("Exception", "dev.portcullis", "tools.");
    }

    /** The fields at fault. */
    List<String> fields() {
      return json().path("errors").valueStream().map(e -> e.get("field").asString()).toList();
    }
  }

  /** One with this token. */
  public static Asker with(URI base, String token) {
    return new Asker(base, List.of("Authorization", "Bearer " + token), true);
  }

  /** The same, of something else than a control plane. */
  Asker ofSomethingElse() {
    return new Asker(base, headers, false);
  }

  static Asker withoutToken(URI base) {
    return new Asker(base, List.of(), true);
  }

  /** The same, with one header more. */
  public Asker adding(String name, String value) {
    List<String> all = new ArrayList<>(headers);
    all.add(name);
    all.add(value);
    return new Asker(base, List.copyOf(all), described);
  }

  /** Gets. */
  public Answer get(String path) {
    return send(request(path).GET());
  }

  /** Posts JSON. */
  public Answer post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** Changes. */
  public Answer patch(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  public Answer delete(String path) {
    return send("DELETE", path);
  }

  /** Posts JSON, one value a line. */
  public Answer lines(String path, String lines) {
    return send("application/x-ndjson", path, lines.getBytes(StandardCharsets.UTF_8));
  }

  /** Posts JSON, one value a line, as they come. */
  CompletableFuture<Answer> lines(String path, InputStream lines) {
    return HTTP.sendAsync(
            request(path)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(() -> lines))
                .build(),
            BodyHandlers.ofString())
        .thenApply(Answer::new);
  }

  /** Gets line by line, as they come. */
  public Stream<String> follow(String path, String... more) {
    HttpRequest.Builder get = request(path).GET();
    for (int i = 0; i < more.length; i += 2) {
      get.header(more[i], more[i + 1]);
    }
    HttpResponse<Stream<String>> response =
        HTTP.sendAsync(get.build(), BodyHandlers.ofLines()).join();
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  /** Begins to get something that does not end; what is open is kept. */
  int begin(String path, List<Stream<String>> open) {
    HttpResponse<Stream<String>> response =
        HTTP.sendAsync(request(path).GET().build(), BodyHandlers.ofLines()).join();
    if (response.statusCode() == 200) {
      open.add(response.body());
    }
    return response.statusCode();
  }

  /** Sends JSON in any way. */
  public Answer json(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  Answer send(String method, String path) {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  Answer send(String contentType, String path, byte[] body) {
    return send(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path));
    return headers.isEmpty() ? builder : builder.headers(headers.toArray(String[]::new));
  }

  private Answer send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    HttpResponse<String> response = HTTP.sendAsync(request, BodyHandlers.ofString()).join();
    if (described && request.uri().getPath().startsWith("/v1/")) {
      String target = request.uri().toString().substring(base.toString().length());
      Described.check(request.method(), target, response);
    }
    return new Answer(response);
  }
}
