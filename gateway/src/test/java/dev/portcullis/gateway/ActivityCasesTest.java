package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.issuer.TestIssuer;
import dev.portcullis.gateway.proxy.RawConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The activity feed: what tokens were used for, in the audit trail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActivityCasesTest {
  private static final String POLICY =
      """
      api: active
      upstream: UPSTREAM
      credentials: [bearer, {query: tk}]
      activity: all
      routes:
        - match: DELETE,GET,POST /active/**
          scopes: ["active:use"]
        - match: GET /active/teapot
          scopes: ["active:use"]
          filters: ["SetStatus=418"]
        - match: GET /active/open
          public: true
      """;

  private final TestBed bed = TestBed.start("--portcullis.redis.timeout=1s");

  ActivityCasesTest() {
    bed.follow(POLICY);
    bed.follow(
        """
        api: changes
        upstream: UPSTREAM
        credentials: [bearer]
        activity: changes
        routes:
          - match: GET,POST /changes/**
            scopes: ["active:use"]
        """);
    bed.user("ann", "\"organization\":\"acme\",\"scopes\":[\"*:*\",\"portcullis/*:*\"]");
    bed.user("bob", "\"organization\":\"other\",\"scopes\":[\"*:*\",\"portcullis/*:*\"]");
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  @BeforeEach
  void answerAgain() {
    bed.upstream().resetMappings();
    bed.upstream().stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok("done")));
  }

  private Issued token(String principal) {
    return bed.token(principal, "active:use");
  }

  private List<JsonNode> requests(String filter) {
    return bed.gateway()
        .operator()
        .get("/v1/audit?action=request&limit=200&" + filter)
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  /** What the trail says of the token's requests, once it says so much. */
  private List<String> details(Issued token, int count) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> requests("token=" + token.id()).size() >= count);
    return requests("token=" + token.id()).stream()
        .map(entry -> entry.get("detail").asString())
        .toList();
  }

  @Test
  void showsWhatATokenWasUsedForAndFromWhere() {
    Issued token = token("ann");
    bed.upstream()
        .stubFor(WireMock.post(WireMock.anyUrl()).willReturn(WireMock.aResponse().withStatus(201)));
    bed.askFrom("127.0.0.9", "POST /active/a%20b?x=1", token.bearer());
    bed.ask("GET /active/teapot?tk=" + token.secret());
    assertThat(details(token, 2))
        .containsExactly(
            "POST /active/a%20b -> 201 (active:DELETE,GET,POST /active/**)",
            "GET /active/teapot -> 418 (active:GET /active/teapot)");
    JsonNode entry = requests("token=" + token.id()).getFirst();
    assertThat(entry.get("actor").asString()).isEqualTo("ann");
    assertThat(entry.get("principal").asString()).isEqualTo("ann");
    assertThat(entry.get("address").asString()).isEqualTo("127.0.0.9");
    assertThat(requests("principal=ann").toString()).contains(token.id());
    assertThat(requests("principal=bob").toString()).doesNotContain(token.id());
    assertThat(requests("token=" + token.id()).toString())
        .doesNotContain(token.secret(), "tk=", "x=1");
  }

  @Test
  void tellsOfChangesOnlyWhereThePolicyWantsThatAndOfNothingThatWasRefused() {
    Issued token = token("ann");
    bed.ask("GET /changes/1", token.bearer());
    bed.ask("GET /active/open", token.bearer());
    bed.ask("GET /active/nowhere", token.bearer(), token.bearer());
    bed.ask("POST /changes/2", token.bearer());
    assertThat(details(token, 1))
        .containsExactly("POST /changes/2 -> 200 (changes:GET,POST /changes/**)");
  }

  /** Each has an id of its own, and an index for each would stay for good. */
  @Test
  void namesAnAccessTokenOfAnotherIssuerAsTheActorsAndKeepsNoIndexOfIt() {
    try (TestIssuer issuer = TestIssuer.start()) {
      bed.follow(
          """
          api: foreign
          upstream: UPSTREAM
          credentials: [bearer]
          activity: all
          issuers: {ISSUER}
          routes:
            - match: GET /foreign/x
              scopes: []
          """
              .replace("ISSUER", issuer.yaml()));
      String jwt = issuer.jwt("fay", bed.gateway().clock().instant()).text();
      bed.ask("GET /foreign/x", "Authorization: Bearer " + jwt);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> !foreign().isEmpty());
    JsonNode entry = foreign().getFirst();
    assertThat(entry.get("principal").asString()).isEqualTo("corp:fay");
    assertThat(entry.get("actorToken").asString()).startsWith("corp:");
    assertThat(entry.get("token").isNull()).isTrue();
  }

  private List<JsonNode> foreign() {
    return requests("").stream()
        .filter(entry -> entry.get("detail").asString().startsWith("GET /foreign/x -> 200"))
        .toList();
  }

  @Test
  void tellsWhatBecameOfARequestThatTheUpstreamDidNotAnswer() {
    Issued token = token("ann");
    bed.upstream()
        .stubFor(
            WireMock.any(WireMock.anyUrl())
                .willReturn(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    assertThat(bed.ask("GET /active/x", token.bearer()).status()).isEqualTo(502);
    assertThat(details(token, 1).getFirst()).startsWith("GET /active/x -> 502 ");
  }

  @Test
  void isReadByTheOrganizationsOperatorsAndNobodyElses() {
    Issued token = token("ann");
    Issued hers = bed.token("ann", "portcullis/audit:read");
    Issued his = bed.token("bob", "portcullis/audit:read");
    bed.ask("GET /active/x", token.bearer());
    assertThat(details(token, 1)).hasSize(1);
    String path = "/v1/audit?action=request&token=" + token.id();
    assertThat(bed.gateway().operator(hers.secret()).get(path).ids()).hasSize(1);
    assertThat(bed.gateway().operator(his.secret()).get(path).ids()).isEmpty();
  }

  @Test
  void isFollowedAndItsChainHolds() {
    Issued token = token("ann");
    List<String> lines = new CopyOnWriteArrayList<>();
    try (Stream<String> events =
        bed.gateway()
            .operator()
            .adding("Accept", "text/event-stream")
            .follow("/v1/audit?action=request&token=" + token.id())) {
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(
              () -> events.forEach(lines::add), task -> Thread.ofVirtual().start(task));
      bed.ask("DELETE /active/followed", token.bearer());
      await()
          .until(
              () ->
                  lines.stream().anyMatch(line -> line.contains("DELETE /active/followed -> 200")));
      assertThat(reading).isNotDone();
    }
    JsonNode verified = bed.gateway().operator().get("/v1/audit/verify").json();
    assertThat(verified.get("total").asInt()).isPositive();
    assertThat(verified.get("problems")).isEmpty();
  }

  @Test
  void outlastsAnOutageOfTheStore() {
    Issued token = token("ann");
    bed.ask("GET /active/before", token.bearer());
    Outage.KILLED.begin(bed);
    try {
      bed.ask("GET /active/during", token.bearer());
    } finally {
      Outage.KILLED.end(bed);
    }
    await().until(() -> bed.gateway().metric("portcullis_store_up ") == 1);
    bed.ask("GET /active/after", token.bearer());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(String.join(" ", details(token, 1)))
                    .contains("/active/before", "/active/during", "/active/after"));
    await().until(() -> bed.gateway().metric("portcullis_activity_waiting ") == 0);
    assertThat(bed.gateway().metric("portcullis_activity_dropped_total ")).isZero();
  }

  @Test
  void leavesNothingUnwrittenWhenAGatewayStops() {
    Issued token = token("ann");
    try (LiveGateway other = bed.another()) {
      other.follow(bed.located(POLICY));
      try (RawConnection connection = RawConnection.to(other.port())) {
        for (int i = 0; i < 150; i++) {
          assertThat(
                  connection
                      .send(TestBed.request("GET /active/" + i, token.bearer()))
                      .read()
                      .status())
              .isEqualTo(200);
        }
      }
    }
    assertThat(requests("token=" + token.id())).hasSize(150);
  }
}
