package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which token may do what to which path. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopeCasesTest {
  private final TestBed bed;
  private final Issued one;
  private final Issued all;
  private final Issued several;

  ScopeCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: another
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /another/x
            scopes: ["another:read"]
        """);
    bed.user("sam", "\"scopes\":[\"*:*\"]");
    bed.user("sue", "\"scopes\":[\"*:*\"]");
    one = bed.token("sam", "dataset/A:read");
    all = bed.token("sam", "dataset/*:read");
    several =
        bed.token(
            "sam",
            IntStream.range(0, 24).mapToObj(i -> "term-" + i + "/a.b:read").toArray(String[]::new));
  }

  @BeforeEach
  void follow() {
    follow("roles:use");
  }

  private void follow(String workerMay) {
    List<String> terms =
        IntStream.range(0, 24).mapToObj(i -> "\"term-" + i + "/a.b:read\"").toList();
    bed.follow(
        """
        api: scopes
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /scopes/datasets/{ds}
            scopes: ["dataset/{ds}:read"]
          - match: GET /scopes/datasets
            scopes: ["datasets:list"]
          - match: POST /scopes/query
            scopes: ["dataset/*:read"]
          - match: POST /scopes/query/{ds}
            scopes: ["dataset/*/{ds}:read"]
          - match: GET /scopes/runs/{id}
            scopes: ["runs/{id}:read"]
          - match: GET /scopes/two
            scopes: ["dataset/A:read", "billing:read"]
          - match: GET /scopes/many
            scopes: [%s]
          - match: GET /scopes/get
            scopes: ["get:use"]
          - match: GET /scopes/rewritten/{ds}/x
            scopes: ["dataset/{ds}:read"]
            filters: ["RewritePath=/scopes/rewritten/.*, /elsewhere/B"]
          - match: GET /scopes/role
            scopes: ["roles:use"]
        roles: {worker: ["%s"]}
        """
            .formatted(String.join(", ", terms), workerMay));
  }

  private static Case insufficient(String row, String target, Issued token) {
    return Case.refused("SCOPE_INSUFFICIENT", row, "GET " + target, token.bearer());
  }

  private static Case allowed(String row, String target, Issued token) {
    return Case.allowed(row, "GET " + target, token.bearer());
  }

  private static Case any(String row, String target, Issued token) {
    return Case.allowed(row, "POST /scopes/query" + target, token.bearer());
  }

  private static Case some(String row, String target, Issued token) {
    return refused("SCOPE_INSUFFICIENT", row, "POST /scopes/query" + target, token);
  }

  private static Case refused(String reason, String row, String line, Issued token) {
    return Case.refused(reason, row, line, token.bearer());
  }

  private Stream<Case> scopes() {
    Issued none = bed.token("sam", "something:else");
    return Stream.of(
        insufficient("11.02 a token with nothing for it", "/scopes/datasets/A", none),
        insufficient("11.05 a token of another API", "/another/x", one),
        allowed("11.08 * granted covers", "/scopes/datasets/A", all),
        allowed("11.08 * granted covers a literal *", "/scopes/datasets/*", all),
        insufficient("11.08 * asked for needs * granted", "/scopes/datasets/*", one),
        any("11.08 any dataset, * granted", "", all),
        any("11.08 any dataset's, * granted", "/x", all),
        some("11.08 any dataset, one granted", "", one),
        some("11.08 any dataset, some granted", "", bed.token("sam", "dataset/A*:read")),
        some("11.08 any dataset's, one granted", "/x", bed.token("sam", "dataset/A/x:read")),
        insufficient("11.09 one of two", "/scopes/two", one),
        allowed("11.09 all of 24", "/scopes/many", several),
        insufficient("11.09 one of 24", "/scopes/many", bed.token("sam", "term-7/a.b:read")),
        allowed("11.11 its own dataset", "/scopes/datasets/A", one),
        insufficient("11.11 another dataset", "/scopes/datasets/B", one),
        insufficient("11.11 a dataset that begins alike", "/scopes/datasets/AB", one),
        insufficient("11.11 a dataset in another case", "/scopes/datasets/a", one),
        allowed("11.13 escaped, as its canonical form", "/scopes/datasets/%41", one),
        insufficient("11.13 escaped, another one", "/scopes/datasets/%42", one),
        insufficient("11.14 a sibling that names no dataset", "/scopes/runs/A", one),
        insufficient("11.15 the dataset in the query", "/scopes/datasets/B?ds=A", one),
        allowed("11.15 another in the query", "/scopes/datasets/A?ds=B", one),
        insufficient("11.16 the list of all", "/scopes/datasets", one),
        insufficient("11.16 the list of all, * granted", "/scopes/datasets", all),
        allowed("11.24 the path as received", "/scopes/rewritten/A/x", one),
        insufficient("11.24 not the rewritten one", "/scopes/rewritten/B/x", one));
  }

  private Stream<Case> paths() {
    Issued get = bed.token("sam", "get:use");
    return Stream.of(
        refused("REQUEST_REJECTED", "11.13 A%2F..%2FB", "GET /scopes/datasets/A%2F..%2FB", one),
        refused("REQUEST_REJECTED", "11.13 A/../B", "GET /scopes/datasets/A/../B", one),
        refused("REQUEST_REJECTED", "11.13 B;A", "GET /scopes/datasets/B;A", one),
        refused("REQUEST_REJECTED", "11.13 A%00B", "GET /scopes/datasets/A%00B", one),
        refused("NO_ROUTE", "11.17 another case", "GET /Scopes/datasets/A", one),
        refused("NO_ROUTE", "11.18 a trailing slash", "GET /scopes/datasets/A/", one),
        refused("NO_ROUTE", "11.18 a trailing slash alone", "GET /scopes/datasets/", one),
        allowed("11.19 /get", "/scopes/get", get),
        refused("NO_ROUTE", "11.19 /getadmin", "GET /scopes/getadmin", get),
        refused("NO_ROUTE", "11.19 /get/admin", "GET /scopes/get/admin", get),
        refused("NO_ROUTE", "11.25 OPTIONS", "OPTIONS /scopes/get", get),
        refused("NO_ROUTE", "11.26 FOO", "FOO /scopes/get", get),
        refused("NO_ROUTE", "11.26 get in lower case", "get /scopes/get", get),
        refused("REQUEST_REJECTED", "11.26 TRACE", "TRACE /scopes/get", get),
        refused("NO_ROUTE", "11.27 what no route lists", "GET /scopes/unlisted", all));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"scopes", "paths"})
  void decidesAsExpected(Case row) {
    TestBed.Answer answer = bed.check(row);
    if (row.row().startsWith("11.13 escaped, as")) {
      assertThat(answer.passed().getFirst().getUrl()).isEqualTo("/scopes/datasets/A");
    }
  }

  @Test
  void aRefusalNamesTheScopeThatIsRequired() {
    TestBed.Answer answer = bed.ask("GET /scopes/datasets/B", one.bearer());
    assertThat(answer.response().field("WWW-Authenticate").orElseThrow())
        .as("3.02")
        .contains("error=\"insufficient_scope\"", "scope=\"dataset/B:read\"");
  }

  @Test
  void aHeadRequestNeedsWhatAGetNeeds() {
    Map<Issued, Integer> statuses = Map.of(all, 200, one, 403);
    for (Map.Entry<Issued, Integer> expected : statuses.entrySet()) {
      String request = TestBed.request("HEAD /scopes/datasets/B", expected.getKey().bearer());
      try (RawConnection connection = RawConnection.to(bed.gateway().port())) {
        connection.send(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        assertThat(connection.readToEnd())
            .as("11.25")
            .startsWith("HTTP/1.1 " + expected.getValue())
            .endsWith("\r\n\r\n");
      }
    }
  }

  @Test
  void aTokenWithoutScopesIsNotIssuedAndOneFromElsewhereMayDoNothing() {
    assertThat(
            bed.gateway()
                .operator()
                .post(
                    "/v1/tokens",
                    "{\"principal\":\"sam\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[]}")
                .status())
        .isEqualTo(422);
    Issued emptied = bed.token("sam", "dataset/A:read");
    String hash = bed.redis().run("HGET", "{portcullis}:token-hashes", emptied.id());
    bed.redis().run("HSET", "{portcullis}:token:" + hash, "scopes", "");
    bed.check(insufficient("11.02", "/scopes/datasets/A", emptied));
  }

  @Test
  void manyTokensAreGoodFromTheMomentTheyAreCreated() {
    List<Issued> tokens = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tokens.add(bed.token("sue", "dataset/d" + i + ":read"));
    }
    for (int i = 0; i < 50; i++) {
      bed.check(allowed("11.21", "/scopes/datasets/d" + i, tokens.get(i)));
      bed.check(insufficient("11.21", "/scopes/datasets/d" + (i + 1), tokens.get(i)));
    }
  }

  @Test
  void aChangeOfARoleOrACeilingActsOnAllTokens() {
    Issued worker = bed.token("sue", "role:worker");
    bed.check(allowed("11.23", "/scopes/role", worker));
    follow("other:use");
    bed.check(insufficient("11.23 the role means less now", "/scopes/role", worker));
    follow("roles:use");
    bed.check(allowed("11.23", "/scopes/role", worker));
    bed.change("sue", "scopes", "other:use");
    await()
        .atMost(Duration.ofSeconds(1))
        .until(
            () ->
                bed.ask("GET /scopes/role", worker.bearer()).reason().equals("SCOPE_INSUFFICIENT"));
    bed.change("sue", "scopes", "*:*");
  }
}
