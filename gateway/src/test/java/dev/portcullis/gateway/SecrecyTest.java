package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.portcullis.gateway.redis.RedisProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was said to whom while the gateway worked, failed and was lied to, has no secret in it. */
@Execution(ExecutionMode.CONCURRENT)
class SecrecyTest {
  private static final String FORGED = "pcat_ForgedForgedForgedForgedForged12xyzxyz";

  private static final String PARAMETER_KEY = "cGFyYW1ldGVycGFyYW1ldGVycGFyYW1ldGVycGFyYW0=";

  @TempDir Path directory;
  private final WireMockServer upstream =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private final List<String> answers = new ArrayList<>();

  @BeforeEach
  void startUpstream() {
    upstream.start();
    upstream.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok("done")));
  }

  @AfterEach
  void stopUpstream() {
    upstream.stop();
  }

  @Test
  void leavesNoSecretInLogsMetricsAnswersOrRedis() throws IOException {
    Map<String, String> secrets = new TreeMap<>();
    secrets.put("operator token", GatewayProcess.OPERATOR_TOKEN);
    secrets.put("pepper", GatewayProcess.PEPPER);
    byte[] pepper = Base64.getDecoder().decode(GatewayProcess.PEPPER);
    secrets.put("pepper, decoded", new String(pepper, StandardCharsets.US_ASCII));
    secrets.put("pepper, in hex", HexFormat.of().formatHex(pepper));
    secrets.put("password of Redis", RedisProcess.PASSWORD);
    secrets.put("forged token", FORGED);
    secrets.put("key of parameters", PARAMETER_KEY);
    String redisContent;
    String log;
    try (RedisProcess redis = RedisProcess.start(directory);
        GatewayProcess gateway = start(redis)) {
      gateway.post(
          "/v1/principals",
          """
          {"id": "ada", "kind": "user", "email": "ada@example.org", "scopes": ["*:*"]}
          """);
      secrets.put("token", newToken(gateway, "[\"things:read\"]", secrets));
      secrets.put("token without scope", newToken(gateway, "[\"other:read\"]", secrets));
      useAll(gateway, secrets);
      exchange(gateway, secrets);
      secrets.put("stored secret key", storedSecret(gateway));
      redisContent = redis.content();
      redis.kill();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(ask(gateway, "/things", String.valueOf(secrets.get("token"))))
                      .isEqualTo(503));
      answers.add(gateway.get(gateway.control("/actuator/prometheus")).body());
      log = gateway.output();
    }
    assertThat(log)
        .contains("TRACE", "CREDENTIALS_MALFORMED", "STORE_UNAVAILABLE", "\"path\":\"/things\"");
    assertThat(redisContent).contains("ada@example.org");
    SoftAssertions.assertSoftly(
        softly ->
            secrets.forEach(
                (name, secret) -> {
                  softly
                      .assertThat(log.lines().filter(line -> line.contains(secret)).limit(3))
                      .as("log lines that show the %s, in which it now reads ***", name)
                      .extracting(line -> line.replace(secret, "***"))
                      .isEmpty();
                  softly
                      .assertThat(redisContent.contains(secret))
                      .as("Redis has " + name)
                      .isFalse();
                  softly
                      .assertThat(String.join("\n", answers).contains(secret))
                      .as("an answer or the metrics show " + name)
                      .isFalse();
                }));
  }

  private GatewayProcess start(RedisProcess redis) throws IOException {
    Path policies = Files.createDirectories(directory.resolve("policies"));
    Files.writeString(
        policies.resolve("things.yaml"),
        """
        api: things
        upstream: %s
        credentials: [bearer, {query: tk}, {cookie: token}, {basic: {user: x}}, {header: apikey}]
        email: optional
        routes:
          - match: GET /things
            scopes: ["things:read"]
          - match: GET /gone
            scopes: ["things:read"]
            filters: ["SetStatus=502"]
        """
            .formatted(upstream.baseUrl()));
    return GatewayProcess.start(
        directory,
        "--portcullis.redis.uri=" + redis.uri(),
        "--portcullis.redis.timeout=2s",
        "--portcullis.policies=" + policies,
        "--portcullis.pepper.current=p1",
        "--portcullis.pepper.ring.p1=" + GatewayProcess.PEPPER,
        "--portcullis.control.operator-token=" + GatewayProcess.OPERATOR_TOKEN,
        "--portcullis.cache.max-staleness=1s",
        "--portcullis.parameters.keys.main=" + PARAMETER_KEY,
        "--portcullis.access-log.enabled=true",
        "--logging.level.root=trace");
  }

  private static String newToken(
      GatewayProcess gateway, String scopes, Map<String, String> secrets) {
    String secret =
        gateway
            .post(
                "/v1/tokens",
                """
                {"principal": "ada", "kind": "api", "name": "n", "scopes": %s}
                """
                    .formatted(scopes))
            .get("secret")
            .asString();
    String basic =
        Base64.getEncoder().encodeToString(("x:" + secret).getBytes(StandardCharsets.US_ASCII));
    secrets.put("token in basic credentials " + secrets.size(), basic);
    return secret;
  }

  /** Put in the built-in parameter store, and fetched from there as a program would. */
  private static String storedSecret(GatewayProcess gateway) {
    gateway.post(
        "/v1/principals",
        """
        {"id": "app", "kind": "service-account",
         "scopes": ["things:read", "portcullis/parameters/*:read"]}
        """);
    gateway.post(
        "/v1/tokens",
        """
        {"principal": "app", "kind": "access-key", "name": "n", "scopes": ["things:read"],
         "storage": {"name": "/apps/things"}}
        """);
    String reader =
        gateway
            .post("/v1/tokens", "{\"principal\": \"app\", \"kind\": \"personal\", \"name\": \"n\"}")
            .get("secret")
            .asString();
    HttpResponse<String> fetched =
        gateway.get(
            gateway.data("/.portcullis/parameters/apps/things"),
            "Authorization",
            "Bearer " + reader);
    assertThat(fetched.statusCode()).isEqualTo(200);
    return fetched.body().replaceFirst(".*(pcsk_[0-9A-Za-z]{38}).*", "$1");
  }

  private void useAll(GatewayProcess gateway, Map<String, String> secrets) {
    String token = String.valueOf(secrets.get("token"));
    String basic =
        Base64.getEncoder().encodeToString(("x:" + token).getBytes(StandardCharsets.US_ASCII));
    assertThat(ask(gateway, "/things", token)).isEqualTo(200);
    assertThat(ask(gateway.data("/things?tk=" + token + "&a=1"), gateway)).isEqualTo(200);
    assertThat(ask(gateway.data("/things"), gateway, "Cookie", "token=" + token)).isEqualTo(200);
    assertThat(ask(gateway.data("/things"), gateway, "apikey", token)).isEqualTo(200);
    assertThat(ask(gateway.data("/things"), gateway, "Authorization", "Basic " + basic))
        .isEqualTo(200);
    assertThat(ask(gateway, "/things", String.valueOf(secrets.get("token without scope"))))
        .isEqualTo(403);
    assertThat(ask(gateway, "/things", FORGED)).isEqualTo(401);
    assertThat(ask(gateway, "/things", token + " " + token)).isEqualTo(401);
    assertThat(ask(gateway.data("/things?tk=" + token + "&tk=" + token), gateway)).isEqualTo(400);
    assertThat(ask(gateway.data("/no/such?tk=" + token), gateway)).isEqualTo(404);
    assertThat(ask(gateway.data("/things/%2e%2e/x?tk=" + token), gateway)).isEqualTo(400);
    ask(gateway, "/gone", token);
    assertThat(ask(gateway.control("/v1/tokens"), gateway, "Authorization", "Bearer " + FORGED))
        .isEqualTo(401);
    upstream.resetMappings();
    upstream.stubFor(
        WireMock.any(WireMock.anyUrl())
            .willReturn(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    assertThat(ask(gateway.data("/things?tk=" + token), gateway)).isEqualTo(502);
  }

  /** An access key for a session, known in all ways, and unknown. */
  private void exchange(GatewayProcess gateway, Map<String, String> secrets) {
    JsonNode made =
        gateway.post(
            "/v1/tokens",
            """
            {"principal": "ada", "kind": "access-key", "name": "n", "scopes": ["things:read"]}
            """);
    String id = made.get("accessKey").asString();
    String secret = made.get("secretKey").asString();
    secrets.put("secret key", secret);
    String basic =
        Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.US_ASCII));
    secrets.put("secret key in basic credentials", basic);
    String grant = "grant_type=client_credentials";
    String form = grant + "&client_id=" + id + "&client_secret=";
    HttpResponse<String> session = postForm(gateway, "token", grant, "Basic " + basic);
    assertThat(session.statusCode()).isEqualTo(200);
    String token = new JsonMapper().readTree(session.body()).get("access_token").asString();
    secrets.put("session", token);
    assertThat(postForm(gateway, "token", form + secret, "").statusCode()).isEqualTo(200);
    assertThat(ask(gateway, "/things", token)).isEqualTo(502);
    assertThat(ask(gateway, "/.portcullis/whoami", token)).isEqualTo(200);
    for (String[] call :
        new String[][] {
          {"introspect", "token=" + token, "401"},
          {"introspect", "token=" + token + "&client_id=" + id + "&client_secret=" + secret, "200"},
          {"token", form + FORGED, "401"},
          {"token", form + secret + "&client_secret=" + secret, "400"},
          {"token", form + secret + "&scope=other:read", "400"},
          {"revoke", "token=" + token + "&client_id=" + id + "&client_secret=" + secret, "200"},
        }) {
      HttpResponse<String> answer = postForm(gateway, call[0], call[1], "");
      assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(call[2]));
      answers.add(answer.headers().map() + "\n" + answer.body());
    }
  }

  private static HttpResponse<String> postForm(
      GatewayProcess gateway, String endpoint, String form, String authorization) {
    String type = "application/x-www-form-urlencoded";
    URI uri = gateway.data("/.portcullis/oauth2/" + endpoint);
    return authorization.isEmpty()
        ? gateway.post(uri, form, "Content-Type", type)
        : gateway.post(uri, form, "Content-Type", type, "Authorization", authorization);
  }

  private int ask(GatewayProcess gateway, String path, String token) {
    return ask(gateway.data(path), gateway, "Authorization", "Bearer " + token);
  }

  private int ask(URI uri, GatewayProcess gateway, String... headers) {
    HttpResponse<String> response = gateway.get(uri, headers);
    answers.add(response.headers().map() + "\n" + response.body());
    return response.statusCode();
  }
}
