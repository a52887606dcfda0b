package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a token may stand, and what is left without it. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CarrierCasesTest {
  private static final String LINE = "GET /carriers/x";
  private final TestBed bed;
  private final Issued token;

  CarrierCasesTest(TestBed bed) {
    this.bed = bed;
    follow("carriers", "[bearer, {query: apikey}, {cookie: token}, {basic: {user: x}}]", "");
    follow("prefixed", "[{header: {name: api_key, prefix: \"ApiKey \"}}]", "");
    follow("dashed", "[{header: api-key}]", "");
    follow("shown", "[bearer, {query: apikey}]", "forward-credentials: true");
    bed.user("carl", "\"email\":\"carl@example.org\",\"scopes\":[\"*:*\"]");
    token = bed.token("carl", "carriers:read");
  }

  private void follow(String api, String carriers, String more) {
    bed.follow(
        """
        api: %1$s
        upstream: UPSTREAM
        credentials: %2$s
        %3$s
        routes:
          - match: GET,POST /%1$s/x
            scopes: []
          - match: GET /%1$s/open
            public: true
        """
            .formatted(api, carriers, more));
  }

  private static Case missing(String row, String line, String... fields) {
    return Case.refused("CREDENTIALS_MISSING", row, line, fields);
  }

  private static Case ambiguous(String row, String line, String... fields) {
    return Case.refused("CREDENTIALS_AMBIGUOUS", row, line, fields);
  }

  private Stream<Case> sources() {
    String secret = token.secret();
    String basic = Base64.getEncoder().encodeToString(("x:" + secret).getBytes(UTF_8));
    return Stream.of(
        Case.allowed("2.02 in the query", LINE + "?apikey=" + secret),
        Case.allowed("2.11 in a cookie", LINE, "Cookie: token=" + secret),
        Case.allowed("2.13 parameter's name escaped", LINE + "?api%6B%65%79=" + secret),
        Case.allowed("in Basic credentials", LINE, "Authorization: Basic " + basic),
        Case.allowed("2.09 empty header, then query", LINE + "?apikey=" + secret, "Authorization:"),
        Case.allowed("2.09 no header, then cookie", LINE + "?apikey=", "Cookie: token=" + secret),
        ambiguous("2.05 twice in the query", LINE + "?apikey=" + secret + "&apikey=" + secret),
        ambiguous(
            "2.05 once escaped, once not", LINE + "?apikey=" + secret + "&%61pikey=" + secret),
        ambiguous("two cookies", LINE, "Cookie: token=" + secret + "; token=" + secret),
        ambiguous("two Cookie fields", LINE, "Cookie: token=a", "Cookie: token=" + secret),
        ambiguous(
            "2.07 wrong in the header, right in the query",
            LINE + "?apikey=" + secret,
            "Authorization: Bearer nobodys"),
        ambiguous("right in both", LINE + "?apikey=" + secret, token.bearer()),
        missing("2.06 apikey[]", LINE + "?apikey[]=" + secret),
        missing("2.06 apikey[1]", LINE + "?apikey[1]=" + secret),
        missing("2.11 the cookie's name in another case", LINE, "Cookie: Token=" + secret),
        missing("2.12 the parameter's name in another case", LINE + "?ApiKey=" + secret),
        Case.refused("NO_ROUTE", "behind an escaped ?", LINE + "%3Fapikey=" + secret));
  }

  private Stream<Case> headers() {
    String secret = token.secret();
    String prefixed = "GET /prefixed/x";
    return Stream.of(
        missing("1.18 another header is configured", prefixed, token.bearer()),
        Case.allowed(
            "1.19 the configured one, the default empty",
            prefixed,
            "Authorization:",
            "api_key: ApiKey " + secret),
        missing("1.21 api-key for api_key", prefixed, "api-key: ApiKey " + secret),
        missing("1.21 api_key for api-key", "GET /dashed/x", "api_key: " + secret),
        Case.allowed("1.21 api-key", "GET /dashed/x", "Api-Key: " + secret),
        missing("1.22 without the prefix", prefixed, "api_key: " + secret),
        missing("1.22 with the prefix in another case", prefixed, "api_key: APIKEY " + secret));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"sources", "headers"})
  void decidesAsExpected(Case row) {
    TestBed.Answer answer = bed.check(row);
    answer
        .passed()
        .forEach(
            passed -> {
              assertThat(passed.getUrl()).doesNotContain(token.secret(), "apikey");
              assertThat(passed.getHeaders().toString()).doesNotContain(token.secret());
            });
  }

  @Test
  void aTokenInTheBodyIsNoTokenAndABodyIsNotRead() {
    String body = "apikey=" + token.secret() + "&a=1";
    String form = "Content-Type: application/x-www-form-urlencoded";
    String length = "Content-Length: " + body.length();
    TestBed.Answer none = bed.send(TestBed.request("POST /carriers/x", form, length) + body);
    assertThat(none.reason()).as("2.14").isEqualTo("CREDENTIALS_MISSING");
    TestBed.Answer passed =
        bed.send(TestBed.request("POST /carriers/x", form, length, token.bearer()) + body);
    assertThat(passed.status()).as("2.17").isEqualTo(200);
    assertThat(passed.passed().getFirst().getBodyAsString()).isEqualTo(body);
  }

  @Test
  void onlyTheCredentialsAreTakenOutAndTheRestStaysAsItWas() {
    TestBed.Answer answer =
        bed.ask(
            "GET /carriers/open?b=%2f&apikey=T1&a=1+2&a=&c",
            "Authorization: Bearer T2",
            "Cookie: a=\"1\"; token=T3;b=2",
            "X-Other: kept",
            "Email: carl@example.org");
    assertThat(answer.status()).as("4.07 nobody looked at them").isEqualTo(200);
    assertThat(answer.passed().getFirst().getUrl())
        .as("4.05, 4.04")
        .isEqualTo("/carriers/open?b=%2f&a=1+2&a=&c");
    assertThat(answer.upstream("Cookie")).as("4.06").containsExactly("a=\"1\";b=2");
    assertThat(answer.upstream("X-Other")).as("4.03").containsExactly("kept");
    assertThat(answer.upstream("Authorization")).as("4.01").isEmpty();
    assertThat(answer.upstream("Email")).as("4.08").isEmpty();
  }

  @Test
  void credentialsArePassedOnWhereThePolicySaysSo() {
    TestBed.Answer answer =
        bed.ask("GET /shown/x?apikey=", token.bearer(), "Email: carl@example.org");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.upstream("Authorization"))
        .as("4.02")
        .isEqualTo(List.of("Bearer " + token.secret()));
    assertThat(answer.upstream("Email")).as("4.08").containsExactly("carl@example.org");
  }
}
