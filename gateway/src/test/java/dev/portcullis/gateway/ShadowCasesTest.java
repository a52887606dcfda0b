package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.gateway.TestBed.Issued;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A route in shadow mode refuses nothing, and tells what it would. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShadowCasesTest {
  private static final String LINE = "GET /shadow/7";
  private static final String ROUTE = "shadow:GET /shadow/{x}";
  private static final String FORGED_IDENTITY = "X-Auth-Subject: root";

  private final TestBed bed;
  private final Issued token;

  ShadowCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(policy(false));
    bed.user("shadow-sam", "\"email\":\"shadow-sam@example.org\",\"scopes\":[\"*:*\"]");
    bed.user("shadow-sid", "\"scopes\":[\"*:*\"]");
    token = bed.token("shadow-sam", "shadow/*:read");
  }

  private static String policy(boolean forwarding) {
    return """
    api: shadow
    upstream: UPSTREAM
    credentials: [bearer]
    forward-credentials: %s
    routes:
      - match: GET /shadow/{x}
        shadow: true
        scopes: ["shadow/{x}:read"]
      - match: GET /shadow/{x}/enforced
        scopes: ["shadow/{x}:read"]
    """
        .formatted(forwarding);
  }

  private Stream<Case> wouldBeRefused() {
    Issued revoked = bed.token("shadow-sam", "shadow/*:read");
    bed.revoke(revoked);
    Issued expired =
        bed.issue(
            "shadow-sam",
            "\"kind\":\"api\",\"scopes\":[\"shadow/*:read\"],\"expiresIn\":\"PT0.001S\"");
    bed.gateway().clock().advance(Duration.ofMillis(1));
    Issued disabled = bed.token("shadow-sid", "shadow/*:read");
    bed.change("shadow-sid", "enabled", "false");
    return Stream.of(
        wouldBe("CREDENTIALS_MISSING"),
        wouldBe("CREDENTIALS_AMBIGUOUS", token.bearer(), token.bearer()),
        wouldBe("TOKEN_UNKNOWN", "Authorization: Bearer nobodys"),
        wouldBe("TOKEN_REVOKED", revoked.bearer()),
        wouldBe("TOKEN_EXPIRED", expired.bearer()),
        wouldBe("PRINCIPAL_DISABLED", disabled.bearer()),
        wouldBe("EMAIL_MISMATCH", "Email: eve@example.org", token.bearer()),
        wouldBe("SCOPE_INSUFFICIENT", bed.token("shadow-sam", "shadow/8:read").bearer()));
  }

  private static Case wouldBe(String reason, String... fields) {
    return Case.refused(reason, "17.12 " + reason, LINE, fields);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wouldBeRefused")
  void whatWouldBeRefusedPassesAsNobodyAndIsLoggedAndCounted(Case row) {
    double before = counted(row.reason());
    String[] fields =
        Stream.concat(row.fields().stream(), Stream.of(FORGED_IDENTITY)).toArray(String[]::new);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    log.start();
    root.addAppender(log);
    TestBed.Answer answer;
    try {
      answer = bed.ask(row.line(), fields);
    } finally {
      root.detachAppender(log);
    }
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.reason()).as("counted as a decision").isEmpty();
    assertThat(counted(row.reason()) - before).isEqualTo(1);
    assertThat(answer.passed())
        .singleElement()
        .satisfies(
            passed ->
                assertThat(passed.getHeaders().toString())
                    .doesNotContain("X-Auth", "Authorization", "Email"));
    assertThat(lines(log))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .containsEntry("event.action", "would refuse")
                    .containsEntry("event.reason", row.reason())
                    .containsEntry("portcullis.route", ROUTE)
                    .containsKey("http.request.id"));
  }

  private static List<Map<String, String>> lines(ListAppender<ILoggingEvent> log) {
    return log.list.stream()
        .filter(line -> line.getLoggerName().endsWith(".RefusalLog"))
        .map(
            line ->
                line.getKeyValuePairs().stream()
                    .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value + "")))
        .toList();
  }

  private double counted(String reason) {
    return bed.gateway()
        .metric(
            "portcullis_shadow_refusals_total{api=\"shadow\",reason=\"%s\",route=\"%s\"}"
                .formatted(reason, ROUTE));
  }

  @Test
  void aGoodTokenPassesWithItsIdentityAsEver() {
    TestBed.Answer answer = bed.check(Case.allowed("17.12 a good token", LINE, token.bearer()));
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("shadow-sam");
    assertThat(answer.upstream("X-Auth-Scopes")).containsExactly("shadow/*:read");
  }

  @Test
  void theOtherRoutesOfThePolicyRefuse() {
    bed.check(
        Case.refused(
            "TOKEN_UNKNOWN", "17.12", LINE + "/enforced", "Authorization: Bearer nobodys"));
    bed.check(Case.refused("REQUEST_REJECTED", "17.12 the path", LINE + "/../x"));
  }

  @Test
  void credentialsArePassedOnWhereThePolicySaysSo() {
    bed.follow(policy(true));
    TestBed.Answer answer = bed.ask(LINE, "Authorization: Bearer nobodys", FORGED_IDENTITY);
    bed.follow(policy(false));
    assertThat(answer.upstream("Authorization")).containsExactly("Bearer nobodys");
    assertThat(answer.upstream("X-Auth-Subject")).isEmpty();
  }
}
