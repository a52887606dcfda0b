package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How Axiom's public clients send their tokens, and what they read in the answers. */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AxiomAnswersTest {
  private static final String HEC = "POST /services/collector/event";

  private final TestBed bed;
  private final Issued token;

  AxiomAnswersTest(TestBed bed) {
    this.bed = bed;
    bed.user("axiom-amy", "\"organization\":\"answers\",\"scopes\":[\"role:owner\"]");
    token = ingester("dataset/*/ingest:create");
  }

  private Issued ingester(String scope) {
    return bed.issue(
        "axiom-amy", "\"api\":\"axiom\",\"kind\":\"api\",\"scopes\":[\"" + scope + "\"]");
  }

  @ParameterizedTest
  @CsvSource({"Bearer", "bearer", "Splunk", "splunk"})
  void takesATokenAs(String scheme) {
    Answer answer = bed.ask(HEC, "Authorization: " + scheme + " " + token.secret());

    assertThat(answer.reason()).isEqualTo(Case.ALLOWED);
    assertThat(answer.upstream("Authorization")).isEmpty();
  }

  @Test
  void takesATokenAsThePasswordOfUserX() {
    assertThat(bed.ask(HEC, basic("x")).reason()).isEqualTo(Case.ALLOWED);
    assertThat(bed.ask(HEC, basic("y")).reason()).isEqualTo("CREDENTIALS_MISSING");
  }

  private String basic(String user) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString((user + ":" + token.secret()).getBytes(UTF_8));
  }

  @Test
  void readsNoTokenInTheQueryUnlessTheFileSaysSo() {
    assertThat(bed.ask(HEC + "?tk=" + token.secret()).reason()).isEqualTo("CREDENTIALS_MISSING");

    ShippedPolicy policy = ShippedPolicy.of("axiom");
    bed.follow(policy.with("{basic: {user: x}}]", "{basic: {user: x}}, {query: tk}]").text());
    Answer answer = bed.ask(HEC + "?tk=" + token.secret() + "&channel=c");
    bed.follow(policy.text());

    assertThat(answer.reason()).isEqualTo(Case.ALLOWED);
    assertThat(answer.passed().getFirst().getUrl()).endsWith("/event?channel=c");
  }

  @Test
  void refusesWithACodeAndAMessageAndNeverRedirects() {
    refuses(bed.ask(HEC), 401, "Unauthorized");
    refuses(bed.ask(HEC, "Authorization: Bearer xaat-123"), 401, "Unauthorized");
    refuses(bed.ask("GET /v2/users", token.bearer()), 403, "Forbidden");
  }

  private static void refuses(Answer answer, int status, String message) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.response().body())
        .isEqualTo("{\"code\": %d, \"message\": \"%s\"}".formatted(status, message));
    assertThat(answer.response().field("Content-Type")).hasValue("application/json");
    assertThat(answer.response().field("X-Axiom-Trace-Id")).isPresent();
    assertThat(answer.response().field("Location")).isEmpty();
  }

  @Test
  void tellsOfItsLimitsOnEveryAnswer() {
    Answer answer = bed.ask(HEC, token.bearer());

    long now = bed.gateway().clock().instant().getEpochSecond();
    assertThat(answer.response().field("X-RateLimit-Scope")).hasValue("user");
    assertThat(answer.response().field("X-RateLimit-Limit")).hasValue("1000");
    assertThat(answer.response().field("X-RateLimit-Remaining").map(Integer::valueOf).orElse(0))
        .isBetween(900, 999);
    assertThat(answer.response().field("X-RateLimit-Reset").map(Long::valueOf).orElse(0L))
        .isBetween(now, now + 60);
  }

  @Test
  void refusesAtALimitWith429AndAtAQuotaWith430() {
    ShippedPolicy policy = ShippedPolicy.of("axiom");
    String limits = "[1000 per minute per principal, 10000 per minute per organization]";

    bed.follow(policy.with(limits, "[1 per hour per organization]").text());
    Issued other = ingester("dataset/*/ingest:create");
    bed.ask(HEC, other.bearer());
    Answer limited = bed.ask(HEC, other.bearer());
    bed.follow(policy.with(limits, "[1 per day per token]").text());
    bed.ask(HEC, other.bearer());
    Answer exhausted = bed.ask(HEC, other.bearer());
    bed.follow(policy.text());

    refuses(limited, 429, "rate limit exceeded");
    assertThat(limited.response().field("X-RateLimit-Scope")).hasValue("organization");
    assertThat(limited.response().field("X-RateLimit-Remaining")).hasValue("0");
    assertThat(limited.response().field("Retry-After")).isPresent();
    refuses(exhausted, 430, "quota exhausted");
    assertThat(exhausted.response().field("X-RateLimit-Scope")).hasValue("user");
    assertThat(exhausted.response().field("Retry-After")).isPresent();
  }
}
