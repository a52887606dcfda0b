package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that other gateways were talked past with: never a way around a route's protection. */
class PathBypassTest extends DataPlaneKit {

  @BeforeEach
  void protectAdmin() {
    follow(
        TestPolicies.open("/public/**"),
        TestPolicies.route("/admin"),
        TestPolicies.route("/admin/**"),
        TestPolicies.scoped("/datasets/{dataset}", "dataset/{dataset}:read"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/public/../admin",
        "/public/./x",
        "/public/..",
        "/public/%2e%2e/admin",
        "/public/%2E./admin",
        "/public/.%2e/admin",
        "/public/..%2fadmin",
        "/public/..%2Fadmin",
        "/public/..%5cadmin",
        "/public/..%5Cadmin",
        "/public/..\\admin",
        "/public/..;/admin",
        "/public/..;a=b/admin",
        "/public/%3b/admin",
        "/public/x;/../../admin",
        "/admin;x",
        "/admin;x=/public/",
        "//admin",
        "/public//admin",
        "/public///",
        "/....//admin",
        "/%2e%2e%2e%2e//admin",
        "/public/%00/admin",
        "/public/%0d%0aHost:%20x",
        "/public/%7f",
        "/public/%",
        "/public/%2",
        "/public/%GG/../../admin",
        "/public/%u002e%u002e/admin",
        "/public/%252e%252e/admin",
        "/public/%25%32%65/admin",
        "/public/%c0%ae%c0%ae/admin",
        "/public/%ff",
        "/public/%2F..%2Fadmin",
        "/foo/./bar/../baz//qux/../",
        "/admin/.",
        "/datasets/A%2F..%2FB",
        "/datasets/A/../B",
        "/datasets/B;A",
        "/datasets/A%00B"
      })
  void aDoubtfulPathIsRefused(String path) {
    assertThat(send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(400);
    assertThat(upstream.requests()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/admin",
        "/%61dmin",
        "/%61%64%6D%69%6e",
        "/admin/",
        "/admin/x",
        "/admin?x=/../public/x",
        "/admin?x=%2e%2e/public"
      })
  void aPathThatIsTheProtectedOneAsksForCredentials(String path) {
    assertThat(send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(401);
    assertThat(upstream.requests()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/Admin",
        "/ADMIN",
        "/admin.json",
        "/admin%3fx",
        "/admin%23",
        "/adminx",
        "/.../admin",
        "/actuator",
        "/actuator/health",
        "/actuator/gateway/routes",
        "/index.html",
        "/favicon.ico",
        "/webjars/x.js",
        "/error",
        "/.portcullis/whoami",
        "/datasets",
        "/datasets/",
        "/"
      })
  void aPathThatNoRouteListsDoesNotExist(String path) {
    assertThat(get(path).status()).isEqualTo(404);
    assertThat(upstream.requests()).isEmpty();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({"/public/../x, 400", "/actuator, 404", "/public/a, 200"})
  void theFirstRuleThatAppliesAnswers(String path, int status) {
    assertThat(get(path).status()).isEqualTo(status);
  }

  @ParameterizedTest(name = "[18.21] {0}")
  @ValueSource(
      strings = {
        "X-Original-URL: /public/x",
        "X-Rewrite-URL: /public/x",
        "X-Forwarded-Prefix: /public",
        "X-Forwarded-Path: /public/x",
        "X_Original_URL: /public/x",
        "X-HTTP-Method-Override: OPTIONS"
      })
  void aHeaderDoesNotChangeThePath(String field) {
    String head = "GET /admin HTTP/1.1\r\nHost: h\r\n" + field + "\r\n\r\n";
    assertThat(send(head).status()).isEqualTo(401);
    get("/admin", field);
    assertThat(upstream.last().target()).isEqualTo("/admin");
    if (!field.startsWith("X-HTTP")) {
      assertThat(upstream.last().fields()).noneMatch(line -> line.contains("/public"));
    }
  }

  @ParameterizedTest(name = "[11.11, 11.13] {0} -> {1}")
  @CsvSource({"/datasets/A, 200", "/datasets/%41, 200", "/datasets/B, 403", "/datasets/a, 403"})
  void aPathVariableIsCheckedAsItIsForwarded(String path, int status) {
    String scoped = gateway.secretOf(TestTokens.withScopes("dataset/A:read"));
    String head = "GET " + path + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + scoped;
    assertThat(send(head + "\r\n\r\n").status()).isEqualTo(status);
    assertThat(upstream.requests()).allMatch(request -> request.target().equals("/datasets/A"));
  }

  @Test
  void aMethodThatTheRouteDoesNotListDoesNotExist() {
    follow(TestPolicies.route("GET", "/admin", true));
    assertThat(send("POST /admin HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(404);
    assertThat(send("FOO /admin HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(404);
    assertThat(send("get /admin HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(404);
    assertThat(send("GET /admin HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(200);
  }

  @Test
  void aHeadRequestFollowsTheGetRouteAndStaysAHeadRequest() {
    follow(TestPolicies.route("GET", "/admin", true));
    upstream.behave(
        RawUpstream.Behaviour.answering("HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n"));
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("HEAD /admin HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(connection.readToEnd())
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("Content-Length: 42")
          .endsWith("\r\n\r\n");
    }
    assertThat(upstream.last().line()).isEqualTo("HEAD /admin HTTP/1.1");
  }
}
