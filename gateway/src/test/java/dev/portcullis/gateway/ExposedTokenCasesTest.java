package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** A token that was sent over plain HTTP is good no more, where the policy says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExposedTokenCasesTest {
  private static final String LINE = "GET /exposed/x";
  private static final String PROXY = "127.0.0.2";
  private static final String TLS = "X-Forwarded-Proto: https";
  private static final String INSECURE = "INSECURE_CHANNEL";
  private static final int FAILURES = 5;
  private static final String POLICY =
      """
      api: exposed
      upstream: UPSTREAM
      credentials: [bearer, {query: tk}]
      email: optional
      imported-tokens: true
      tls: revoking
      routes:
        - match: GET /exposed/x
          scopes: ["exposed:read"]
      """;

  private final TestBed bed =
      TestBed.start(
          "--portcullis.trusted-proxies=" + PROXY,
          "--portcullis.failures.limit=" + FAILURES + " per hour",
          "--portcullis.cache.max-staleness=1m",
          "--portcullis.redis.timeout=1s");
  private int addresses;

  ExposedTokenCasesTest() {
    bed.follow(POLICY);
    bed.user("erin", "\"email\":\"erin@example.org\",\"scopes\":[\"*:*\"]");
    await().until(() -> bed.gateway().metric("portcullis_invalidation_up ") == 1);
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  private static ConditionFactory withinASecond() {
    return await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(1));
  }

  private Issued token() {
    return bed.token("erin", "exposed:read");
  }

  /** An address of loopback from which nothing came yet. */
  private String elsewhere() {
    addresses++;
    return "127.0.3." + addresses;
  }

  /** What comes of the token over TLS. */
  private String overTls(Issued token) {
    return bed.askFrom(PROXY, LINE, token.bearer(), TLS, "X-Forwarded-For: " + elsewhere())
        .reason();
  }

  private Answer expose(String address, String line, String... fields) {
    Answer answer =
        bed.check(Case.refused(INSECURE, "over plain HTTP", line, fields).from(address));
    assertThat(answer.response().field("Location")).isEmpty();
    return answer;
  }

  private double counted(String outcome) {
    return bed.gateway().metric("portcullis_exposed_tokens_total{outcome=\"" + outcome + "\"");
  }

  private void assertRevokes(Issued token, Runnable exposing) {
    assertThat(overTls(token)).isEqualTo(Case.ALLOWED);
    exposing.run();
    withinASecond().until(() -> overTls(token).equals("TOKEN_REVOKED"));
  }

  @Test
  void revokesTheTokenAndTheTrailSaysWhyAndTheLogSaysSo() {
    Issued token = token();
    Issued other = token();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    log.start();
    root.addAppender(log);
    double before = counted("REVOKED");
    try {
      assertRevokes(token, () -> expose("127.0.0.9", LINE, token.bearer()));
      await().until(() -> counted("REVOKED") == before + 1);
    } finally {
      root.detachAppender(log);
    }
    assertThat(overTls(other)).as("the principal's other tokens go on").isEqualTo(Case.ALLOWED);
    assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage))
        .contains("a token was sent over plain HTTP: " + token.id() + " is revoked")
        .noneMatch(line -> line.contains(token.secret()));
    assertThat(log.list.stream().filter(event -> event.getKeyValuePairs() != null))
        .flatExtracting(ILoggingEvent::getKeyValuePairs)
        .contains(
            new KeyValuePair("portcullis.token_id", token.id()),
            new KeyValuePair("client.ip", "127.0.0.9"));
    var trail = bed.gateway().operator().get("/v1/audit?action=token.revoke&token=" + token.id());
    assertThat(trail.at("/items/0/actor")).isEqualTo("portcullis");
    assertThat(trail.at("/items/0/address")).isEqualTo("127.0.0.9");
    assertThat(trail.at("/items/0/detail")).isEqualTo("sent over plain HTTP");
  }

  @Test
  void revokesAnExposedTokenWhomeverTheRequestSaysItIsOf() {
    Issued token = token();
    assertRevokes(token, () -> expose(elsewhere(), LINE, token.bearer(), "Email: eve@example.org"));
  }

  @Test
  void revokesATokenExposedInTheQuery() {
    Issued token = token();
    assertRevokes(token, () -> expose(elsewhere(), LINE + "?a=1&tk=" + token.secret()));
  }

  @Test
  void revokesAnImportedToken() throws NoSuchAlgorithmException {
    String secret = "of another system";
    String sha256 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(secret.replace(' ', '-').getBytes(StandardCharsets.UTF_8)));
    var imported =
        bed.gateway()
            .operator()
            .lines(
                "/v1/tokens/import",
                """
                {"sha256": "%s", "principal": "erin", "name": "n", "scopes": ["exposed:read"]}
                """
                    .formatted(sha256));
    assertThat(imported.status()).isEqualTo(200);
    Issued token = new Issued("", secret.replace(' ', '-'));
    assertRevokes(token, () -> expose(elsewhere(), LINE, token.bearer()));
  }

  @Test
  void revokesWhereATrustedProxySaysThatTheClientSpokePlainHttp() {
    Issued token = token();
    assertRevokes(
        token,
        () ->
            expose(
                PROXY,
                LINE,
                token.bearer(),
                "X-Forwarded-Proto: http",
                "X-Forwarded-For: " + elsewhere()));
  }

  /** Behind all that was sent before: a token is exposed, and is revoked. */
  private void awaitWhatCameBefore() {
    Issued last = token();
    assertRevokes(last, () -> expose(elsewhere(), LINE, last.bearer()));
  }

  @Test
  void revokesNothingWhereATrustedProxyDoesNotSay() {
    Issued token = token();
    expose(PROXY, LINE, token.bearer(), "X-Forwarded-For: " + elsewhere());
    awaitWhatCameBefore();
    assertThat(overTls(token)).isEqualTo(Case.ALLOWED);
  }

  private Stream<String> guesses() {
    Issued token = token();
    Issued another = token();
    String secret = token.secret();
    return Stream.of(
            token.id(),
            secret.substring(0, secret.length() - 1),
            secret.substring(0, secret.length() - 6)
                + another.secret().substring(secret.length() - 6),
            secret.substring(0, 5) + token.id() + "000000",
            secret + secret,
            secret + " x",
            "pcat_forged")
        .map(guess -> token.id() + " " + secret + " " + guess);
  }

  @ParameterizedTest
  @MethodSource("guesses")
  void revokesNothingForAGuess(String row) {
    String[] parts = row.split(" ", 3);
    Issued token = new Issued(parts[0], parts[1]);
    assertThat(overTls(token)).isEqualTo(Case.ALLOWED);
    expose(elsewhere(), LINE, "Authorization: Bearer " + parts[2]);
    awaitWhatCameBefore();
    assertThat(overTls(token)).isEqualTo(Case.ALLOWED);
  }

  @Test
  void answersTheSameWhateverTheCredentialsAre() {
    Issued revoked = token();
    bed.revoke(revoked);
    List<String> answers =
        Stream.of(
                token().bearer(),
                revoked.bearer(),
                "Authorization: Bearer pcat_forged",
                "Authorization: Bearer a b",
                "Accept: */*")
            .map(field -> expose(elsewhere(), LINE, field).response())
            .map(ExposedTokenCasesTest::withoutNames)
            .distinct()
            .toList();
    assertThat(answers).hasSize(1);
  }

  /** Less what differs from one answer to the next anyway. */
  private static String withoutNames(RawConnection.Response response) {
    String id = response.field("X-Request-Id").orElseThrow();
    return response.toString().replace(id, "ID").replaceAll("(?i)date: [^,]*, [^,]*", "Date");
  }

  @Test
  void looksNothingUpForWhoFailedTooOften() {
    Issued token = token();
    String address = elsewhere();
    for (int i = 0; i < FAILURES; i++) {
      expose(address, LINE, "Authorization: Bearer guess-" + i);
    }
    await()
        .untilAsserted(
            () ->
                bed.check(
                    Case.refused(
                            "TOO_MANY_FAILURES",
                            "over TLS",
                            LINE,
                            TLS,
                            "X-Forwarded-For: " + address,
                            "Authorization: Bearer guess")
                        .from(PROXY)));
    List<Issued> unused = Stream.generate(this::token).limit(20).toList();
    int before = bed.redis().calls("hmget");
    unused.forEach(each -> expose(address, LINE, each.bearer()));
    expose(address, LINE, token.bearer());
    awaitWhatCameBefore();
    assertThat(bed.redis().calls("hmget")).isLessThan(before + unused.size());
    assertThat(overTls(token)).isEqualTo(Case.ALLOWED);
  }

  @Test
  void anotherGatewayRefusesItTooWithinASecond() {
    try (LiveGateway other = bed.another("--portcullis.trusted-proxies=127.0.0.1")) {
      other.follow(bed.located(POLICY));
      Issued token = token();
      String request = TestBed.request(LINE, token.bearer(), TLS);
      assertThat(RawConnection.exchange(other.port(), request).status()).isEqualTo(200);
      expose(elsewhere(), LINE, token.bearer());
      withinASecond().until(() -> RawConnection.exchange(other.port(), request).status() == 401);
    }
  }

  @Test
  void explainingSuchARequestRevokesNothing() {
    Issued token = token();
    var explained =
        bed.gateway()
            .operator()
            .post(
                "/v1/explain",
                """
                {"method": "GET", "path": "/exposed/x", "secure": false,
                 "headers": {"Authorization": "Bearer %s"}}
                """
                    .formatted(token.secret()));
    assertThat(explained.response().body()).contains(INSECURE);
    awaitWhatCameBefore();
    assertThat(overTls(token)).isEqualTo(Case.ALLOWED);
  }

  @Test
  void isRefusedAsEverWhileTheStoreIsGoneAndRevokedOnceItIsBack() {
    Issued known = token();
    assertThat(overTls(known)).isEqualTo(Case.ALLOWED);
    Issued unknown = token();
    double before = counted("UNEXAMINED");
    Outage.KILLED.begin(bed);
    try {
      expose(elsewhere(), LINE, known.bearer());
      expose(elsewhere(), LINE, unknown.bearer());
      await().until(() -> counted("UNEXAMINED") == before + 1);
    } finally {
      Outage.KILLED.end(bed);
    }
    await().until(() -> overTls(known).equals("TOKEN_REVOKED"));
    assertThat(overTls(unknown)).as("nobody could tell").isEqualTo(Case.ALLOWED);
  }
}
