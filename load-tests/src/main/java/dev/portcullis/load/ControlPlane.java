package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The control plane of one gateway process, as its operator sees it. */
final class ControlPlane implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String operatorToken;

  ControlPlane(URI base, String operatorToken) {
    this.base = base;
    this.operatorToken = operatorToken;
  }

  /** Makes a user with this id, whose e-mail is {@code <id>@example.com}. */
  void createPrincipal(String id, List<String> scopes) throws IOException, InterruptedException {
    post(
        "/v1/principals",
        Map.of("id", id, "kind", "user", "email", email(id), "scopes", scopes),
        201);
  }

  /** Mints that many tokens of a principal, for loopback addresses only. */
  List<Credential> createTokens(String principal, List<String> scopes, int count)
      throws IOException, InterruptedException {
    List<Credential> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode answer =
          post(
              "/v1/tokens",
              Map.of(
                  "principal",
                  principal,
                  "kind",
                  "api",
                  "name",
                  "load " + i,
                  "scopes",
                  scopes,
                  "allowedAddresses",
                  List.of("127.0.0.0/8", "::1/128")),
              201);
      tokens.add(
          new Credential(
              answer.path("token").path("id").asString(),
              answer.path("secret").asString(),
              email(principal)));
    }
    return tokens;
  }

  /** Ends a token. When the answer was received, in {@link System#nanoTime}. */
  long revoke(String tokenId) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("/v1/tokens/" + tokenId + "/revoke", Map.of());
    long answered = System.nanoTime();
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("revoke gave " + answer.statusCode() + ": " + answer.body());
    }
    return answered;
  }

  /** What the gateway counted so far. */
  Metrics metrics() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/actuator/prometheus"))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + operatorToken)
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the metrics gave " + answer.statusCode());
    }
    return new Metrics(answer.body());
  }

  private JsonNode post(String path, Map<String, ?> body, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(path, body);
    if (answer.statusCode() != expected) {
      throw new IOException("POST " + path + " gave " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + operatorToken)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String email(String principal) {
    return principal + "@example.com";
  }

  @Override
  public void close() {
    client.close();
  }
}
