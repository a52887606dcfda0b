package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The control plane of one gateway process, as its operator sees it. */
final class ControlPlane implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int ATTEMPTS = 5;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String operatorToken;

  ControlPlane(URI base, String operatorToken) {
    this.base = base;
    this.operatorToken = operatorToken;
  }

  /** A connection for one thread. */
  OperatorConnection connect() {
    return new OperatorConnection(base, operatorToken);
  }

  /** Makes a user with this id, whose e-mail is {@code <id>@example.com}. */
  void createPrincipal(String id, List<String> scopes) throws IOException, InterruptedException {
    post(
        "/v1/principals",
        Map.of("id", id, "kind", "user", "email", email(id), "scopes", scopes),
        "a principal");
  }

  /** Mints that many tokens of a principal, for loopback addresses only. */
  List<Credential> createTokens(String principal, List<String> scopes, int count)
      throws IOException, InterruptedException {
    List<Credential> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add(createToken(principal, scopes, "load " + i, Map.of()));
    }
    return tokens;
  }

  /** Mints a token of a principal that ends after this time. */
  Credential createEndingToken(String principal, List<String> scopes, Duration lifetime)
      throws IOException, InterruptedException {
    return createToken(principal, scopes, "ending", Map.of("expiresIn", lifetime.toString()));
  }

  private Credential createToken(
      String principal, List<String> scopes, String name, Map<String, String> more)
      throws IOException, InterruptedException {
    Map<String, Object> body = new HashMap<>(more);
    body.put("principal", principal);
    body.put("kind", "api");
    body.put("name", name);
    body.put("scopes", scopes);
    body.put("allowedAddresses", List.of("127.0.0.0/8", "::1/128"));
    JsonNode minted = JSON.readTree(post("/v1/tokens", body, "a token"));
    return new Credential(
        minted.path("token").path("id").asString(),
        minted.path("secret").asString(),
        email(principal));
  }

  /** Ends a token. When the answer was received, in {@link System#nanoTime}. */
  long revoke(String tokenId) throws IOException, InterruptedException {
    post("/v1/tokens/" + tokenId + "/revoke", Map.of(), "a revoke");
    return System.nanoTime();
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

  /** Posts until it is taken: where the store was too late for its time-out, a few times. */
  private String post(String path, Map<String, ?> body, String what)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(path, body);
    for (int i = 1; i < ATTEMPTS && answer.statusCode() == 503; i++) {
      answer = send(path, body);
    }
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(what + " gave " + answer.statusCode());
    }
    return answer.body();
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
