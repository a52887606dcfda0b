package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.endpoint.Call;
import dev.portcullis.gateway.endpoint.OwnRoute;
import dev.portcullis.gateway.endpoint.Reply;
import dev.portcullis.policy.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway answers itself, to admitted requests only. */
class OwnAnswersTest extends DataPlaneKit {
  private static final Answer YES =
      new Answer(
          202, List.of(new Answer.Header("Content-Type", "application/json")), "{\"yes\": true}");

  @Override
  protected OwnRoute[] ownRoutes() {
    return new OwnRoute[] {
      new OwnRoute(
          "POST", "/.portcullis/echo/{x}", OwnRoute.Access.TOKEN, List.of(), OwnAnswersTest::echo),
      new OwnRoute(
          "GET", "/.portcullis/open", OwnRoute.Access.ANYBODY, List.of(), OwnAnswersTest::echo),
      new OwnRoute(
          "GET",
          "/.portcullis/elsewhere",
          OwnRoute.Access.ANYBODY,
          List.of(),
          OwnAnswersTest::elsewhere),
      new OwnRoute(
          "GET",
          "/.portcullis/mine",
          OwnRoute.Access.TOKEN,
          List.of("portcullis/mine:read"),
          OwnAnswersTest::echo),
      new OwnRoute(
          "GET",
          "/.portcullis/broken",
          OwnRoute.Access.ANYBODY,
          List.of(),
          call -> CompletableFuture.failedStage(new IllegalStateException("of no concern")))
    };
  }

  private static CompletionStage<Reply> echo(Call call) {
    String who =
        call.decision() instanceof Decision.Allowed allowed ? allowed.principal().id() : "nobody";
    return CompletableFuture.completedStage(
        new Reply(
            201,
            Map.of("Content-Type", "text/plain", "X-Who", who),
            call.variables().values().getOrDefault("x", "") + "|" + call.body()));
  }

  private static CompletionStage<Reply> elsewhere(Call call) {
    return CompletableFuture.supplyAsync(() -> new Reply(200, Map.of(), "from elsewhere"));
  }

  @Test
  void aReplyOfThePolicyNeverReachesTheUpstream() {
    follow(TestPolicies.answered(TestPolicies.route("/api/**"), YES));
    RawConnection.Response response = get("/api/x");
    assertThat(response.status()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("{\"yes\": true}");
    assertThat(response.field("Content-Type")).contains("application/json");
    assertThat(response.field("Cache-Control")).contains("no-store");
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void aReplyOfThePolicyIsForTheAdmittedOnly() {
    follow(TestPolicies.answered(TestPolicies.route("/api/**"), YES));
    RawConnection.Response response = send("GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.body()).doesNotContain("yes");
  }

  @Test
  void aBodyThatNobodyReadsIsNotInTheWayOfTheNextRequest() {
    follow(TestPolicies.answered(TestPolicies.route("/api/**"), YES));
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /api/x", "Content-Length: 4") + "body");
      assertThat(connection.read().status()).isEqualTo(202);
      assertThat(connection.send(request("GET /api/x")).read().status()).isEqualTo(202);
    }
  }

  @Test
  void anEndpointGetsWhoAsksTheVariablesAndTheBody() {
    RawConnection.Response response =
        send(request("POST /.portcullis/echo/a%20b", "Content-Length: 5") + "hello");
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("a b|hello");
    assertThat(response.field("X-Who")).contains("ada");
    assertThat(response.field("Cache-Control")).contains("no-store");
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void anEndpointIsForTheAdmittedOnly() {
    String anonymous = "POST /.portcullis/echo/a HTTP/1.1\r\nHost: h\r\n\r\n";
    assertThat(send(anonymous).status()).isEqualTo(401);
  }

  @Test
  void anEndpointMayAnswerFromAnotherThread() {
    assertThat(get("/.portcullis/elsewhere").body()).isEqualTo("from elsewhere");
  }

  @Test
  void anEndpointThatFailsTellsNothing() {
    RawConnection.Response response = get("/.portcullis/broken");
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.toString()).doesNotContain("concern", "IllegalState");
  }

  @ParameterizedTest
  @CsvSource({"16384, 201", "16385, 413", "200000, 413"})
  void aBodyIsAtMostSixteenKibibytes(int length, int status) {
    assertThat(
            send(request("POST /.portcullis/echo/a", "Content-Length: " + length)
                    + "x".repeat(length))
                .status())
        .isEqualTo(status);
  }

  @Test
  void aBodyOfUnknownLengthIsCutOffWhereItBecomesTooLong() {
    String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
    String head = request("POST /.portcullis/echo/a", "Transfer-Encoding: chunked");
    assertThat(send(head + chunk.repeat(2) + "0\r\n\r\n").status()).isEqualTo(201);
    assertThat(send(head + chunk.repeat(3) + "0\r\n\r\n").status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.portcullis/nothing", "/.portcullis", "/.portcullis/echo/a"})
  void noRouteOfAPolicyTakesWhatIsTheGatewaysOwn(String path) {
    follow(TestPolicies.open("/**"), TestPolicies.open("/{a}/{b}"));
    assertThat(get(path).status()).isEqualTo(404);
    assertThat(get("/portcullis/nothing").status()).isEqualTo(200);
  }

  @Test
  void onePolicyThatRefusesPlainHttpDoesSoForAllOwnRoutesThatTakeATokenOrSecret() {
    gateway.follow(
        TestPolicies.overTls(TestPolicies.bearer(upstream.uri(), TestPolicies.route("/api/**"))));
    assertThat(send(request("POST /.portcullis/echo/a")).status()).isEqualTo(403);
    assertThat(get("/.portcullis/open").status()).isEqualTo(201);
  }

  @Test
  void ownRoutesAreCountedUnderTheirOwnName() {
    get("/.portcullis/open");
    assertThat(
            gateway
                .meters()
                .get("portcullis.decisions")
                .tags("api", "portcullis", "route", "portcullis:GET /.portcullis/open")
                .counter()
                .count())
        .isPositive();
  }
}
