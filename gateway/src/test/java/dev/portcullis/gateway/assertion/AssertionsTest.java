package dev.portcullis.gateway.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.gateway.control.TestClock;
import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.LimitReport;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.FakeTicker;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What assertions say, how long, and who shares one. */
class AssertionsTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final TestClock clock = new TestClock();
  private final KeyRing ring = new KeyRing(TestTokens.ring(), DAY, clock);
  private final Assertions assertions = new Assertions("portcullis", ring, clock, new FakeTicker());

  private static Allowed allowed(Token token, Principal principal) {
    return new Allowed(token, principal, LimitReport.NONE);
  }

  private static Allowed ada() {
    return allowed(TestTokens.active(), TestPrincipals.inOrganization("acme"));
  }

  private String of(Allowed allowed) {
    return assertions.of(allowed, "logs", "logs:read");
  }

  private JwtClaims verified(String assertion) throws InvalidJwtException {
    return JoseVerifier.verify(assertion, ring.published(), "logs", clock.instant());
  }

  @Test
  void saysWhoIsAskingForAMinute() throws Exception {
    JwtClaims claims = verified(of(ada()));
    long now = clock.instant().getEpochSecond();
    assertThat(claims.getClaimsMap())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "iss", "portcullis",
                "aud", "logs",
                "sub", "ada",
                "email", "ada@example.org",
                "org", "acme",
                "tid", TestTokens.ID,
                "kind", "api",
                "scope", "logs:read",
                "iat", now,
                "exp", now + 60));
  }

  @Test
  void isSilentOnWhatThereIsNothingToSayOf() throws Exception {
    JwtClaims claims =
        verified(of(allowed(TestTokens.active(), TestPrincipals.serviceAccount("bot"))));
    assertThat(claims.getClaimsMap()).doesNotContainKeys("email", "org");
  }

  @Test
  void isGoodForItsApiOnlyAndForItsTimeOnly() {
    String assertion = of(ada());
    assertThatThrownBy(
            () -> JoseVerifier.verify(assertion, ring.published(), "other", clock.instant()))
        .isInstanceOf(InvalidJwtException.class);
    clock.advance(Duration.ofSeconds(60));
    assertThatThrownBy(() -> verified(assertion)).isInstanceOf(InvalidJwtException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1, 999, 1_000, 29_999, 30_500, 59_999, 60_000, 90_000})
  void neverOutlivesTheToken(long millisLeft) throws Exception {
    clock.advance(Duration.ofMillis(250));
    Instant end = clock.instant().plusMillis(millisLeft);
    String assertion = of(allowed(TestTokens.expiringAt(end), TestPrincipals.user()));
    JwtClaims claims = JoseVerifier.verify(assertion, ring.published(), "logs", Instant.EPOCH);
    long expires = claims.getExpirationTime().getValue();
    assertThat(Instant.ofEpochSecond(expires)).isBeforeOrEqualTo(end);
    assertThat(expires - claims.getIssuedAt().getValue()).isLessThanOrEqualTo(60);
    assertThat(Instant.ofEpochSecond(expires))
        .isAfter(end.minusSeconds(millisLeft > 60_000 ? 90 : 1));
  }

  @Test
  void servesAsLongAsHalfAMinuteOfItIsLeft() {
    String first = of(ada());
    clock.advance(Duration.ofSeconds(30));
    assertThat(of(ada())).isEqualTo(first);
    clock.advance(Duration.ofNanos(1));
    assertThat(of(ada())).isNotEqualTo(first);
    assertThat(assertions.signatures()).isEqualTo(2);
  }

  @Test
  void isNotSignedAnewForATokenThatEndsSooner() {
    Instant end = clock.instant().plusSeconds(10);
    Allowed ending = allowed(TestTokens.expiringAt(end), TestPrincipals.user());
    String first = of(ending);
    clock.advance(Duration.ofSeconds(9));
    assertThat(of(ending)).isEqualTo(first);
  }

  @Test
  void isSignedOnceForAThousandRequestsOfOneIdentity() {
    Set<String> texts = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 1_000).parallel().forEach(_ -> texts.add(of(ada())));
    assertThat(texts).hasSize(1);
    assertThat(assertions.signatures()).isEqualTo(1);
  }

  record Other(String what, Allowed allowed, String api, String scope) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Principal principal(String id, String email, String organization) {
    Principal ada = TestPrincipals.user();
    return new Principal(
        id,
        ada.kind(),
        Optional.of(email).filter(text -> !text.isEmpty()).map(EmailAddress::new),
        Optional.of(organization).filter(text -> !text.isEmpty()),
        true,
        ada.scopes());
  }

  private static List<Other> others() {
    Token token = TestTokens.active();
    Principal ada = principal("ada", "ada@example.org", "acme");
    Allowed same = allowed(token, ada);
    return List.of(
        new Other("another api", same, "shop", "logs:read"),
        new Other("other scopes", same, "logs", "logs:write"),
        new Other("no scopes", same, "logs", ""),
        new Other(
            "another token", allowed(TestTokens.token("t2", "ada"), ada), "logs", "logs:read"),
        new Other("another kind", allowed(TestTokens.personal(), ada), "logs", "logs:read"),
        new Other(
            "another end",
            allowed(TestTokens.expiringAt(Instant.parse("2026-06-01T12:00:59Z")), ada),
            "logs",
            "logs:read"),
        new Other(
            "another principal",
            allowed(token, principal("bob", "ada@example.org", "acme")),
            "logs",
            "logs:read"),
        new Other(
            "another e-mail",
            allowed(token, principal("ada", "a@example.org", "acme")),
            "logs",
            "logs:read"),
        new Other("no e-mail", allowed(token, principal("ada", "", "acme")), "logs", "logs:read"),
        new Other(
            "another organization",
            allowed(token, principal("ada", "ada@example.org", "ajax")),
            "logs",
            "logs:read"),
        new Other(
            "no organization",
            allowed(token, principal("ada", "ada@example.org", "")),
            "logs",
            "logs:read"),
        new Other(
            "members run together",
            allowed(token, principal("adaada@example.org", "", "acme")),
            "logs",
            "logs:read"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void isNeverSharedBetweenIdentities(Other other) {
    String first = of(ada());
    assertThat(assertions.of(other.allowed, other.api, other.scope)).isNotEqualTo(first);
    assertThat(assertions.signatures()).isEqualTo(2);
    assertThat(of(ada())).as("and is still ada's").isEqualTo(first);
  }

  @Test
  void isSignedAnewWithTheKeyOfTheNextPeriod() throws Exception {
    clock.advance(Duration.ofHours(12).minusSeconds(5));
    String cached = ring.published();
    String before = of(ada());
    clock.advance(Duration.ofSeconds(5));
    String after = of(ada());
    assertThat(after).isNotEqualTo(before);
    verified(before);
    JoseVerifier.verify(after, cached, "logs", clock.instant());
    JoseVerifier.verify(before, ring.published(), "logs", clock.instant());
  }

  @Test
  void isVerifiedByTheKeysOfAnotherGatewayWithTheSamePeppers() throws Exception {
    KeyRing another = new KeyRing(TestTokens.ring(), DAY, clock);
    JoseVerifier.verify(of(ada()), another.published(), "logs", clock.instant());
  }

  @Test
  void saysWhateverAPrincipalIsCalled() throws Exception {
    String name = "corp:\u00e9\u4f60\"\\ {}";
    JwtClaims claims =
        verified(of(allowed(TestTokens.active(), principal(name, "\u00e9@example.org", "a b"))));
    assertThat(claims.getSubject()).isEqualTo(name);
  }
}
