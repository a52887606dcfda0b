package dev.portcullis.gateway.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the control plane over HTTP, as an operator. */
final class ControlClient implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI base;
  private final String token;

  ControlClient(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  Reply get(String path) {
    return send(request(path).GET());
  }

  Reply post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json, application/problem+json");
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      return reply(http.sendAsync(request.build(), BodyHandlers.ofByteArray()).join());
    } catch (CompletionException e) {
      return new Reply.Unreachable(base + " does not answer: " + e.getCause());
    }
  }

  private Reply reply(HttpResponse<byte[]> response) {
    boolean done = response.statusCode() / 100 == 2;
    try {
      JsonNode body = JSON.readTree(response.body());
      return done ? new Reply.Done(body) : new Reply.Refused(response.statusCode(), body);
    } catch (JacksonException e) {
      return done
          ? new Reply.Unreachable(base + " is no control plane: its answer is not JSON")
          : new Reply.Refused(response.statusCode(), JSON.createObjectNode());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
