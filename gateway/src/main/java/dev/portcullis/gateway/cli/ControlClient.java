package dev.portcullis.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the control plane over HTTP, as an operator. */
final class ControlClient implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  private static final Duration ORDINARY = Duration.ofSeconds(10);
  private static final Duration BULK = Duration.ofMinutes(5);
  private static final int LONGEST_ANSWER = 64 << 20;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ORDINARY).build();
  private final URI base;
  private final String token;

  ControlClient(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  Reply get(String path) {
    return send(request(path).GET(), ORDINARY);
  }

  Reply post(String path, JsonNode body) {
    return send(request(path, json(body), "POST"), ORDINARY);
  }

  /** Asks in such a way that it is done once, however often it is asked with this key. */
  Reply postOnce(String path, JsonNode body, String idempotencyKey) {
    return send(
        request(path, json(body), "POST").header("Idempotency-Key", idempotencyKey), ORDINARY);
  }

  Reply patch(String path, JsonNode body) {
    return send(request(path, json(body), "PATCH"), ORDINARY);
  }

  /** Asks for what may take minutes. */
  Reply postBulk(String path, JsonNode body) {
    return send(request(path, json(body), "POST"), BULK);
  }

  /** Asks for what may take minutes. */
  Reply deleteBulk(String path) {
    return send(request(path).DELETE(), BULK);
  }

  /** Sends lines of JSON, and takes the lines of the answer as they come. */
  Reply exchangeLines(String path, byte[] lines, Consumer<String> taker) {
    HttpRequest.Builder request =
        request(path, BodyPublishers.ofByteArray(lines), "POST")
            .setHeader("Content-Type", LineStream.NDJSON)
            .setHeader("Accept", LineStream.NDJSON + ", application/problem+json");
    return stream(request, BULK, taker);
  }

  /**
   * Takes the lines of an answer as they come.
   *
   * @param type which media type is wanted
   * @param lastEventId after which entry to begin; empty where it does not matter
   * @param silence how long nothing may come
   */
  Reply lines(
      String path, String type, String lastEventId, Duration silence, Consumer<String> taker) {
    HttpRequest.Builder request =
        request(path).setHeader("Accept", type + ", application/problem+json").GET();
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    return stream(request, silence, taker);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json, application/problem+json");
  }

  private HttpRequest.Builder request(String path, BodyPublisher body, String method) {
    return request(path).header("Content-Type", "application/json").method(method, body);
  }

  private static BodyPublisher json(JsonNode body) {
    return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
  }

  private Reply send(HttpRequest.Builder request, Duration timeout) {
    try {
      return reply(
          response(
              request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER), timeout));
    } catch (CompletionException e) {
      return unreachable(e.getCause());
    }
  }

  private Reply stream(HttpRequest.Builder request, Duration silence, Consumer<String> taker) {
    try {
      HttpResponse<InputStream> response = response(request, BodyHandlers.ofInputStream(), silence);
      try (InputStream body = response.body()) {
        if (response.statusCode() / 100 != 2) {
          return refused(response.statusCode(), body.readNBytes(LONGEST_ANSWER));
        }
        LineStream.take(body, silence, taker);
        return new Reply.Done(JSON.missingNode());
      }
    } catch (CompletionException e) {
      return unreachable(e.getCause());
    } catch (IOException e) {
      return unreachable(e);
    }
  }

  /** The time-out bounds the whole answer where the handler takes it whole, else its head. */
  private <T> HttpResponse<T> response(
      HttpRequest.Builder request, BodyHandler<T> handler, Duration timeout) {
    return http.sendAsync(request.build(), handler)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private Reply reply(HttpResponse<byte[]> response) {
    if (response.statusCode() / 100 != 2) {
      return refused(response.statusCode(), response.body());
    }
    try {
      return new Reply.Done(JSON.readTree(response.body()));
    } catch (JacksonException e) {
      return new Reply.Unreachable(base + " is no control plane: its answer is not JSON");
    }
  }

  private static Reply refused(int status, byte[] body) {
    try {
      return new Reply.Refused(status, JSON.readTree(body));
    } catch (JacksonException e) {
      return new Reply.Refused(status, JSON.createObjectNode());
    }
  }

  private Reply unreachable(@Nullable Throwable cause) {
    return new Reply.Unreachable(base + " does not answer: " + cause);
  }

  /** Drops what is still under way. */
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
