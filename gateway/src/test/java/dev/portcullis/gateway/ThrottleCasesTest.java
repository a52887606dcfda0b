package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who guesses is told to wait, and costs nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThrottleCasesTest {
  private static final String LINE = "GET /throttle/x";
  private static final String FOR = "X-Forwarded-For: ";
  private static final String PROXY = "127.0.0.6";
  private static final String TOO_MANY = "TOO_MANY_FAILURES";
  private static final String UNKNOWN = "TOKEN_UNKNOWN";
  private static final int FAILURES = 5;
  private static final long LONGEST_WAIT = 3600 / FAILURES;

  private final TestBed bed =
      TestBed.start(
          // by the hour, for a busy machine is slow, and 5 failures are not to be forgotten
          // meanwhile
          "--portcullis.failures.limit=" + FAILURES + " per hour",
          "--portcullis.trusted-proxies=" + PROXY,
          "--portcullis.cache.max-staleness=1m",
          "--portcullis.redis.timeout=2s");
  private int addresses;

  ThrottleCasesTest() {
    bed.follow(
        """
        api: throttle
        upstream: UPSTREAM
        credentials: [bearer]
        email: optional
        routes:
          - {match: GET /throttle/x, scopes: []}
          - {match: GET /throttle/open, public: true}
        """);
    bed.follow(
        """
        api: throttle-imported
        upstream: UPSTREAM
        credentials: [bearer]
        imported-tokens: true
        routes:
          - {match: GET /throttle-imported/x, scopes: []}
        """);
    bed.user("theo", "\"email\":\"theo@example.org\",\"scopes\":[\"*:*\"]");
    await().until(() -> bed.gateway().metric("portcullis_invalidation_up ") == 1);
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  private String bearer(Guess guess) {
    return guess.bearer(bed, "theo");
  }

  private static String line(Guess guess) {
    return guess == Guess.UNKNOWN_AND_IMPORTED ? "GET /throttle-imported/x" : LINE;
  }

  private Issued unused() {
    return bed.token("theo", "throttle:read");
  }

  /** A token that this gateway knows already. */
  private Issued used() {
    Issued token = unused();
    bed.check(Case.allowed("used", LINE, token.bearer()));
    return token;
  }

  /** An address of loopback from which nothing came yet. */
  private String elsewhere() {
    addresses++;
    return "127.0.1." + addresses;
  }

  private String guessing(Guess guess) {
    String address = elsewhere();
    for (int i = 0; i < FAILURES; i++) {
      bed.check(Case.refused(guess.reason(), "a guess", line(guess), bearer(guess)).from(address));
    }
    return address;
  }

  private Answer refuse(String row, String address, String... fields) {
    return refuseOn(LINE, row, address, fields);
  }

  private Answer refuse(String row, String address, Guess guess) {
    return refuseOn(line(guess), row, address, bearer(guess));
  }

  private Answer refuseOn(String line, String row, String address, String... fields) {
    Answer answer = bed.check(Case.refused(TOO_MANY, row, line, fields).from(address));
    assertThat(Long.parseLong(answer.response().field("Retry-After").orElse("none")))
        .as(row)
        .isBetween(LONGEST_WAIT - 120, LONGEST_WAIT);
    return answer;
  }

  private int lookUps() {
    return bed.redis().calls("hmget");
  }

  @ParameterizedTest(name = "13.18 {0}")
  @EnumSource
  void whoGuessedTooOftenIsToldToWaitAndNothingIsLookedUp(Guess guess) {
    int untouched = lookUps();
    String address = guessing(guess);
    List<String> next = Stream.generate(() -> bearer(guess)).limit(20).toList();
    int before = lookUps();
    assertThat(before > untouched)
        .as("only what may exist is looked up at all")
        .isEqualTo(guess.isLookedUp());
    next.forEach(fields -> refuseOn(line(guess), "13.18", address, fields));
    assertThat(lookUps()).as("13.18 before any look-up").isEqualTo(before);
    bed.check(
        Case.refused(guess.reason(), "13.18 elsewhere", line(guess), next.getFirst())
            .from(elsewhere()));
  }

  @Test
  void oneTokenThatFailsEachTimeCountsToo() {
    String address = elsewhere();
    Issued token = used();
    bed.revoke(token);
    for (int i = 0; i < FAILURES; i++) {
      bed.check(Case.refused("TOKEN_REVOKED", "13.18", LINE, token.bearer()).from(address));
    }
    refuse("13.18", address, token.bearer());
  }

  @Test
  void aGoodTokenBehindTheSameAddressPassesWhereItIsInUse() {
    Issued used = used();
    Issued unused = unused();
    String address = guessing(Guess.FORGED);
    bed.check(Case.allowed("13.18 in use", LINE, used.bearer()).from(address));
    int before = lookUps();
    refuse("13.18 not in use", address, unused.bearer());
    assertThat(lookUps()).isEqualTo(before);
    bed.check(Case.allowed("13.18 elsewhere", LINE, unused.bearer()).from(elsewhere()));
    bed.check(Case.allowed("13.18 in use now", LINE, unused.bearer()).from(address));
    refuse("13.18 guesses are still refused", address, Guess.FORGED);
  }

  @Test
  void whoShowsNothingIsChallengedAndWhatIsPublicIsPublic() {
    String address = guessing(Guess.FORGED);
    Answer answer =
        bed.check(Case.refused("CREDENTIALS_MISSING", "13.18 nothing", LINE).from(address));
    assertThat(answer.response().field("WWW-Authenticate")).isPresent();
    bed.check(Case.allowed("13.18 public", "GET /throttle/open").from(address));
  }

  @Test
  void neitherMissingCredentialsNorGoodOnesCount() {
    String address = elsewhere();
    Issued token = unused();
    for (int i = 0; i < 3 * FAILURES; i++) {
      bed.check(Case.refused("CREDENTIALS_MISSING", "13.18 nothing", LINE).from(address));
    }
    bed.check(Case.allowed("13.18 good", LINE, token.bearer()).from(address));
  }

  @Test
  void theAnswerIsTheSameWhateverWasShown() {
    String address = guessing(Guess.FORGED);
    List<String> answers = new ArrayList<>();
    for (Guess guess : Guess.values()) {
      answers.add(normal(refuse("13.18", address, guess)));
    }
    answers.add(normal(refuse("13.18", address, unused().bearer())));
    assertThat(answers).as("13.18").containsOnly(answers.getFirst());
    assertThat(answers.getFirst()).contains("429").contains("no-store").doesNotContain("WWW-");
  }

  private static String normal(Answer answer) {
    String id = answer.response().field("X-Request-Id").orElseThrow();
    return answer
        .response()
        .toString()
        .replace(id, "ID")
        .replaceAll("(?i)retry-after: \\d+", "WAIT");
  }

  @Test
  void theOwnerOfAKnownTokenCannotBeGuessed() {
    Issued token = used();
    Issued other = used();
    String address = elsewhere();
    for (int i = 0; i < FAILURES; i++) {
      String email = "Email: " + i + "@example.org";
      bed.check(Case.refused("EMAIL_MISMATCH", "13.18", LINE, email, token.bearer()).from(address));
    }
    String right = "Email: theo@example.org";
    refuse("13.18 the right one", address, right, token.bearer());
    refuse("13.18 without", address, token.bearer());
    bed.check(Case.allowed("13.18 another token", LINE, right, other.bearer()).from(address));
    bed.check(Case.allowed("13.18 elsewhere", LINE, right, token.bearer()).from(elsewhere()));
  }

  @Test
  void nobodyGetsAwayByNamingAnotherAddressOrHasAnotherRefused() {
    String address = elsewhere();
    String victim = elsewhere();
    for (int i = 0; i < FAILURES; i++) {
      String named = FOR + (i % 2 == 0 ? victim : "192.0.2." + i);
      bed.check(Case.refused(UNKNOWN, "13.19", LINE, named, bearer(Guess.FORGED)).from(address));
    }
    for (String named : List.of("198.51.100.7", victim, PROXY, "127.0.0.1", "")) {
      String[] fields = {FOR + named, "X-Real-IP: " + named, "Forwarded: for=" + named};
      refuse("13.19", address, fields[0], fields[1], fields[2], bearer(Guess.FORGED));
    }
    bed.check(Case.allowed("13.19 the victim", LINE, unused().bearer()).from(victim));
  }

  @Test
  void behindATrustedProxyEachClientCountsByItself() {
    Map<String, String> neighbours =
        Map.of("192.0.2.1", "192.0.2.2", "2001:db8:0:1::7", "2001:db8:0:2::7");
    neighbours.forEach(
        (client, neighbour) -> {
          for (int i = 0; i < FAILURES; i++) {
            bed.check(proxied(UNKNOWN, FOR + "203.0.113." + i + ", " + client));
          }
          refuse("13.19", PROXY, FOR + client, bearer(Guess.FORGED));
          refuse("13.19", PROXY, FOR + neighbour + ", " + client, bearer(Guess.FORGED));
          bed.check(proxied(UNKNOWN, FOR + neighbour));
        });
    refuse("13.19 the same /64", PROXY, FOR + "2001:db8:0:1:ffff::1", bearer(Guess.FORGED));
    bed.check(proxied(UNKNOWN));
  }

  private Case proxied(String reason, String... fields) {
    return Case.refused(
            reason,
            "13.19",
            LINE,
            Stream.concat(Stream.of(fields), Stream.of(bearer(Guess.FORGED)))
                .toArray(String[]::new))
        .from(PROXY);
  }

  @Test
  void isCountedByReasonAndSoAreThoseWhoAreRemembered() {
    String series = "portcullis_decisions_total{api=\"throttle\",reason=\"" + TOO_MANY + "\"";
    double before = bed.gateway().metric(series);
    double sources = bed.gateway().metric("portcullis_failures_sources ");
    String address = guessing(Guess.FORGED);
    for (int i = 0; i < 3; i++) {
      refuse("13.18", address, Guess.FORGED);
    }
    assertThat(bed.gateway().metric(series) - before).isEqualTo(3);
    assertThat(bed.gateway().metric("portcullis_failures_sources ") - sources).isEqualTo(1);
  }
}
