package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Answer.Header;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ErrorProfileTest {
  private static final RefusalContext CONTEXT =
      new RefusalContext(
          "r-1", Optional.of("dataset/logs/ingest:create"), Optional.of(Duration.ofMillis(1_001)));

  @Test
  void answersProblemDetailsWhereNoPolicyMatched() {
    Answer answer = ErrorProfile.PROBLEM.answer(Reason.NO_ROUTE, RefusalContext.of("r-1"));

    assertThat(answer)
        .isEqualTo(
            new Answer(
                404,
                List.of(
                    new Header("Cache-Control", "no-store"),
                    new Header("Content-Type", "application/problem+json")),
                """
                {"type":"about:blank","title":"Not Found","status":404,"requestId":"r-1"}\
                """));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"RATE_LIMITED", "QUOTA_EXHAUSTED"})
  void namesTheLimitThatRefused(Reason reason) {
    RefusalContext context = RefusalContext.of("r-1").by(Limit.parse("5 per day").named("few"), 0);

    assertThat(ErrorProfile.PROBLEM.answer(reason, context).body())
        .isEqualTo(
            """
            {"type":"https://iana.org/assignments/http-problem-types#quota-exceeded",\
            "title":"Request cannot be satisfied as assigned quota has been exceeded",\
            "status":429,"violated-policies":["few"],"requestId":"r-1"}\
            """);
  }

  @Test
  void inheritsTheBuiltInBodyOfEachReasonWhereAProfileHasNone() {
    ErrorProfile profile =
        only(new AnswerSpec(Optional.of(403), Map.of(), Optional.empty(), Optional.empty()));

    assertThat(profile.answer(Reason.RATE_LIMITED, CONTEXT).body())
        .contains("#quota-exceeded", "\"status\":403");
    assertThat(profile.answer(Reason.TOO_MANY_FAILURES, CONTEXT).body())
        .contains("about:blank", "\"status\":403");
  }

  @ParameterizedTest
  @EnumSource
  void isNeverStoredWhateverTheReason(Reason reason) {
    Answer answer = ErrorProfile.PROBLEM.answer(reason, CONTEXT);

    assertThat(header(answer, "Cache-Control")).contains("no-store");
    assertThat(answer.status()).isEqualTo(reason.status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "CREDENTIALS_MISSING   | Bearer realm=\"portcullis\"",
        "EMAIL_MISSING         | Bearer realm=\"portcullis\"",
        "CREDENTIALS_AMBIGUOUS | Bearer realm=\"portcullis\", error=\"invalid_request\"",
        "TOKEN_UNKNOWN         | Bearer realm=\"portcullis\", error=\"invalid_token\"",
        "SCOPE_INSUFFICIENT    | Bearer realm=\"portcullis\", error=\"insufficient_scope\","
            + " scope=\"dataset/logs/ingest:create\"",
      })
  void challengesAsRfc6750Says(Reason reason, String challenge) {
    assertThat(header(ErrorProfile.PROBLEM.answer(reason, CONTEXT), "WWW-Authenticate"))
        .contains(challenge);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      mode = Mode.INCLUDE,
      names = {
        "CREDENTIALS_MALFORMED",
        "TOKEN_REVOKED",
        "TOKEN_EXPIRED",
        "EMAIL_MISMATCH",
        "ORGANIZATION_MISMATCH",
        "PRINCIPAL_DISABLED"
      })
  void saysTheSameOfEveryTokenThatIsNotGood(Reason reason) {
    assertThat(ErrorProfile.PROBLEM.answer(reason, CONTEXT))
        .isEqualTo(ErrorProfile.PROBLEM.answer(Reason.TOKEN_UNKNOWN, CONTEXT));
  }

  @ParameterizedTest
  @EnumSource
  void challengesEvery401AndOnlyWhereCredentialsWouldHelp(Reason reason) {
    Set<Reason> alsoChallenged =
        EnumSet.of(Reason.CREDENTIALS_AMBIGUOUS, Reason.SCOPE_INSUFFICIENT);

    assertThat(header(ErrorProfile.PROBLEM.answer(reason, CONTEXT), "WWW-Authenticate").isPresent())
        .isEqualTo(reason.status() == 401 || alsoChallenged.contains(reason));
  }

  @ParameterizedTest
  @EnumSource
  void saysWhenToComeBackOnlyWhereItHelps(Reason reason) {
    assertThat(header(ErrorProfile.PROBLEM.answer(reason, CONTEXT), "Retry-After"))
        .isEqualTo(
            Set.of(429, 503).contains(reason.status()) ? Optional.of("2") : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "999, 1", "1000, 1", "1001, 2", "59999, 60", "-5000, 1"})
  void roundsTheWaitUpToWholeSeconds(long millis, String seconds) {
    RefusalContext context =
        new RefusalContext("r", Optional.empty(), Optional.of(Duration.ofMillis(millis)));

    assertThat(header(ErrorProfile.PROBLEM.answer(Reason.RATE_LIMITED, context), "Retry-After"))
        .contains(seconds);
  }

  @Test
  void namesAWaitEvenWhereTheRefusalNamesNone() {
    Answer answer = ErrorProfile.PROBLEM.answer(Reason.STORE_UNAVAILABLE, RefusalContext.of("r"));

    assertThat(header(answer, "Retry-After")).contains("1");
  }

  @Test
  void overridesWhatOneReasonSaysAndInheritsTheRest() {
    AnswerSpec standard = spec(403, Map.of("X-Api", "v1"), "text/plain", "${status} ${title}");
    AnswerSpec expired = spec(440, Map.of("X-Why", "${reason}"), null, null);
    ErrorProfile profile =
        new ErrorProfile("custom", "r", standard, Map.of(Reason.TOKEN_EXPIRED, expired));

    Answer answer = profile.answer(Reason.TOKEN_EXPIRED, CONTEXT);

    assertThat(answer.status()).isEqualTo(440);
    assertThat(answer.body()).isEqualTo("440 Unauthorized");
    assertThat(header(answer, "X-Api")).contains("v1");
    assertThat(header(answer, "X-Why")).contains("TOKEN_EXPIRED");
    assertThat(profile.answer(Reason.TOKEN_REVOKED, CONTEXT).body()).isEqualTo("403 Forbidden");
  }

  @Test
  void addsTheStandardHeadersToAProfileThatDoesNotNameThem() {
    Answer answer =
        only(spec(200, Map.of(), "text/plain", "no")).answer(Reason.TOKEN_UNKNOWN, CONTEXT);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "WWW-Authenticate"))
        .contains("Bearer realm=\"r\", error=\"invalid_token\"");
    assertThat(header(answer, "Cache-Control")).contains("no-store");
  }

  @Test
  void challengesAReasonThatAProfileTurnsInto401() {
    Answer answer =
        only(spec(401, Map.of(), "text/plain", "no")).answer(Reason.ADDRESS_NOT_ALLOWED, CONTEXT);

    assertThat(header(answer, "WWW-Authenticate")).contains("Bearer realm=\"r\"");
  }

  @Test
  void letsAProfileReplaceOrRemoveAStandardHeader() {
    AnswerSpec spec =
        spec(429, Map.of("www-authenticate", "", "cache-control", "no-cache"), "text/plain", "no");

    Answer answer = only(spec).answer(Reason.TOKEN_UNKNOWN, CONTEXT);

    assertThat(header(answer, "WWW-Authenticate")).isEmpty();
    assertThat(
            answer.headers().stream()
                .map(Header::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList())
        .containsOnlyOnce("cache-control");
    assertThat(header(answer, "Cache-Control")).contains("no-cache");
    assertThat(header(answer, "Retry-After")).contains("2");
  }

  @Test
  void leavesAHeaderOutThatRendersToNothing() {
    AnswerSpec spec = spec(403, Map.of("X-Scope", "${scope}"), "text/plain", "no");

    assertThat(header(only(spec).answer(Reason.INTERNAL, RefusalContext.of("r")), "X-Scope"))
        .isEmpty();
    assertThat(header(only(spec).answer(Reason.INTERNAL, CONTEXT), "X-Scope"))
        .contains("dataset/logs/ingest:create");
  }

  @Test
  void namesNoContentTypeWhereThereIsNoBody() {
    AnswerSpec spec = spec(404, Map.of(), "text/plain", "");

    assertThat(header(only(spec).answer(Reason.NO_ROUTE, CONTEXT), "Content-Type")).isEmpty();
  }

  @Test
  void cannotBeMadeToSplitAHeaderOrToLeaveAQuotedString() {
    RefusalContext hostile =
        new RefusalContext(
            "a\r\nX-Evil: 1", Optional.of("x\", error=\"\\\r\nSet-Cookie: é"), Optional.empty());
    AnswerSpec spec = spec(403, Map.of("X-Request-Id", "${request-id}"), "text/plain", "no");

    Answer answer = only(spec).answer(Reason.SCOPE_INSUFFICIENT, hostile);

    assertThat(header(answer, "X-Request-Id")).contains("aX-Evil: 1");
    assertThat(header(answer, "WWW-Authenticate"))
        .contains(
            "Bearer realm=\"r\", error=\"insufficient_scope\","
                + " scope=\"x\\\", error=\\\"\\\\Set-Cookie: ?\"");
  }

  private static ErrorProfile only(AnswerSpec standard) {
    return new ErrorProfile("custom", "r", standard, Map.of());
  }

  private static AnswerSpec spec(
      int status,
      Map<String, String> headers,
      @Nullable String contentType,
      @Nullable String body) {
    return new AnswerSpec(
        Optional.of(status), headers, Optional.ofNullable(contentType), Optional.ofNullable(body));
  }

  private static Optional<String> header(Answer answer, String name) {
    return answer.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }
}
