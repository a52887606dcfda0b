package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No way around a protected path. What framing is lawful is told by {@code proxy.FramingTest}. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathCasesTest {
  private final TestBed bed;
  private final Issued token;

  PathCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: paths
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: "* /paths/open/**"
            public: true
          - match: "* /paths/admin/**"
            scopes: ["paths:admin"]
          - match: "* /paths/stripped/**"
            scopes: ["paths:admin"]
            filters: [StripPrefix=2]
        """);
    bed.user("paul", "\"scopes\":[\"*:*\"]");
    token = bed.token("paul", "paths:admin");
  }

  private static Case rejected(String row, String target) {
    return Case.refused("REQUEST_REJECTED", row + " " + target, "GET " + target);
  }

  private static Case noRoute(String row, String target) {
    return Case.refused("NO_ROUTE", row + " " + target, "GET " + target);
  }

  private static Case closed(String row, String target) {
    return Case.refused("CREDENTIALS_MISSING", row + " " + target, "GET " + target);
  }

  private static Stream<Case> doubtful() {
    return Stream.of(
        rejected("18.02", "/paths/open/b/../../admin/"),
        rejected("18.02", "/./paths/admin/."),
        rejected("18.02", "/paths/./open/../admin//qux/../"),
        rejected("18.02", "/paths/open//../admin"),
        rejected("18.06", "/....//paths/admin"),
        rejected("18.06", "/%2e%2e%2e%2e//paths/admin"),
        noRoute("18.06", "/.../paths/admin"),
        rejected("18.08", "/paths/open/%GG/../../actuator/env"),
        rejected("18.08", "/paths/open/%"),
        rejected("18.08", "/paths/open/%u002e%u002e/admin"),
        rejected("18.08", "/paths/open/%2"),
        closed("18.13", "/paths/admin/"),
        noRoute("18.13", "/paths/admin.json"),
        rejected("18.13", "/paths/admin/."),
        closed("18.13", "/%70aths/%61dmin"),
        rejected("18.15", "http://evil.test/paths/open/x"),
        rejected("18.15", "https://gateway.test/paths/open/x"),
        closed("18.17", "/paths/admin?x=/../open/x"),
        rejected("18.17", "/paths/admin#/../open/x"),
        noRoute("18.17", "/paths/admin%3fx"),
        noRoute("18.17", "/paths/admin%23"),
        rejected("18.18", "/paths/open/%c0%ae%c0%ae/admin"),
        rejected("18.22", "/paths/open/{x}"),
        rejected("18.22", "/paths/open/a|b"),
        rejected("18.22", "/paths/open/..;/admin"),
        rejected("18.22", "/paths/open\\..\\admin"),
        noRoute("reserved", "/.portcullis/nothing"));
  }

  private Stream<Case> disguised() {
    String closed = "GET /paths/admin";
    String upgrade = "Upgrade: websocket";
    return Stream.of(
        Case.refused("CREDENTIALS_MISSING", "18.21", closed, "X-Original-URL: /paths/open/x"),
        Case.refused("CREDENTIALS_MISSING", "18.21", closed, "X-Rewrite-URL: /paths/open/x"),
        Case.refused("CREDENTIALS_MISSING", "18.21", closed, "X-Forwarded-Prefix: /paths/open"),
        Case.refused("CREDENTIALS_MISSING", "18.21", closed, "X-HTTP-Method-Override: OPTIONS"),
        Case.refused(
            "REQUEST_REJECTED",
            "18.26",
            "GET /paths/open/../admin",
            upgrade,
            "Connection: Upgrade"),
        Case.refused("CREDENTIALS_MISSING", "18.26", closed, upgrade, "Connection: Upgrade"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"doubtful", "disguised"})
  void decidesAsExpected(Case row) {
    bed.check(row);
  }

  @ParameterizedTest(name = "18.18, 18.20 {0} -> {1}")
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "/paths/admin/%61%2d%5F%7e /paths/admin/a-_~",
        "/paths/admin/a%c3%a9%20b /paths/admin/a%C3%A9%20b",
        "/paths/admin/%ef%bc%8e%ef%bc%8e /paths/admin/%EF%BC%8E%EF%BC%8E",
        "/paths/admin/a:@!$&'()*+,=b/ /paths/admin/a:@!$&'()*+,=b/",
        "/paths/stripped/%61/b?c=%2f&d=%7e /a/b?c=%2f&d=%7e",
        "/paths/stripped/a/ /a/",
      })
  void theUpstreamGetsThePathThatWasAuthorised(String target, String passed) {
    TestBed.Answer answer = bed.check(Case.allowed("18.20", "GET " + target, token.bearer()));
    assertThat(answer.passed().getFirst().getUrl()).isEqualTo(passed);
  }

  @Test
  void aBodyThatLooksLikeARequestStaysABody() {
    String body = TestBed.request("GET /paths/admin/smuggled", token.bearer());
    String length = "Content-Length: " + body.length();
    TestBed.Answer answer = bed.send(TestBed.request("POST /paths/open/x", length) + body);
    assertThat(answer.status()).as("20.15").isEqualTo(200);
    assertThat(answer.passed()).hasSize(1);
    assertThat(answer.passed().getFirst().getBodyAsString()).isEqualTo(body);
  }

  @Test
  void whatComesBehindDoubtfulFramingIsNotRead() {
    String smuggled = TestBed.request("GET /paths/open/smuggled");
    bed.upstream().resetRequests();
    try (RawConnection connection = RawConnection.to(bed.gateway().port())) {
      connection.send(
          TestBed.request("POST /paths/open/x", "Transfer-Encoding: chunked", "Content-Length: 5")
              + "0\r\n\r\n"
              + smuggled);
      assertThat(connection.read().status()).as("20.01").isEqualTo(400);
      assertThat(connection.readToEnd()).isEmpty();
    }
    assertThat(bed.upstream().getAllServeEvents()).isEmpty();
  }

  @ParameterizedTest(name = "23.10 {0}")
  @ValueSource(
      strings = {
        "/actuator",
        "/actuator/health",
        "/actuator/prometheus",
        "/actuator/gateway/routes",
        "/v1/tokens",
        "/v1/principals",
        "/error",
        "/favicon.ico",
        "/page/page.js",
        "/webjars/uplot/1.6.30/dist/uPlot.esm.js",
        "/"
      })
  void theGatewaysOwnEndpointsAreNotOnThisPort(String target) {
    String operator = "Authorization: Bearer " + GatewayProcess.OPERATOR_TOKEN;
    bed.check(Case.refused("NO_ROUTE", target, "GET " + target, operator));
  }
}
