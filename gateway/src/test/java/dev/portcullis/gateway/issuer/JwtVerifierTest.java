package dev.portcullis.gateway.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Verification;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Issuer;
import dev.portcullis.policy.Reason;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens of other issuers are good, and what is made of them. */
class JwtVerifierTest extends IssuerKit {

  @Test
  void takesATokenOfAnIssuerThatThePolicyTrusts() {
    Verification.Known known =
        known(
            verify(
                jwt()
                    .claim("scope", "logs:read dataset/web/ingest:create")
                    .claim("email", "Alice@Example.org")
                    .claim("email_verified", true)));
    assertThat(known.principal().id()).isEqualTo("corp:alice");
    assertThat(known.principal().kind()).isEqualTo(PrincipalKind.USER);
    assertThat(known.principal().email()).contains(new EmailAddress("alice@example.org"));
    assertThat(known.principal().organization()).isEmpty();
    assertThat(known.principal().enabled()).isTrue();
    assertThat(known.principal().scopes()).isEqualTo(known.token().scopes());
    assertThat(known.token().id()).isEqualTo("corp:j-alice");
    assertThat(known.token().principalId()).isEqualTo("corp:alice");
    assertThat(known.token().countedAs()).isEqualTo("corp:alice");
    assertThat(known.token().kind()).isEqualTo(TokenKind.JWT);
    assertThat(known.token().expiresAt()).contains(NOW.plusSeconds(300));
    assertThat(known.token().scopes().written())
        .containsExactly("logs:read", "dataset/web/ingest:create");
  }

  @ParameterizedTest
  @CsvSource({"RS256, true", "RS384, true", "PS256, true", "RS512, false", "PS512, false"})
  void takesTheAlgorithmsThatThePolicyLists(String algorithm, boolean listed) {
    Issuer it = issuer.issuer();
    Issuer trusted =
        new Issuer(
            it.name(), it.issuer(), it.audience(), it.keys(), Set.of("RS256", "RS384", "PS256"));
    Verification verification = verify(jwt().algorithm(algorithm), trusted);
    assertThat(verification instanceof Verification.Known).isEqualTo(listed);
  }

  @Test
  void takesAnEllipticCurveKey() {
    known(verify(TestJwt.of("alice", TestIssuer.EC, NOW).algorithm("ES256")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "AT+JWT", "application/at+jwt"})
  void takesTheTypesThatAccessTokensHave(String type) {
    known(verify(jwt().header("typ", type)));
  }

  @Test
  void takesATokenWithoutATypeOrAKeyIdWhereOneKeyFits() {
    known(verify(jwt().header("typ", null).header("kid", null)));
    issuer.publish(TestIssuer.RSA, TestIssuer.OTHER_RSA);
    pass(IssuerKeys.TRUSTED);
    refused(verify(jwt().header("kid", null)), Reason.TOKEN_UNKNOWN);
  }

  record Bad(String what, UnaryOperator<TestJwt> change) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static List<Bad> badOnes() {
    byte[] der = TestIssuer.RSA.getPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    String own = TestIssuer.OTHER_RSA.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    return List.of(
        new Bad("alg none", it -> it.algorithm("none").key(null)),
        new Bad("HS256, keyed by the key's DER", it -> hmac(it, der)),
        new Bad("HS256, keyed by the key's PEM", it -> hmac(it, pem.getBytes(US_ASCII))),
        new Bad(
            "HS256, keyed by the published JWK",
            it ->
                hmac(
                    it,
                    TestIssuer.RSA
                        .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
                        .getBytes(UTF_8))),
        new Bad(
            "another key under the same kid", it -> it.key(TestIssuer.OTHER_RSA.getPrivateKey())),
        new Bad(
            "a key of its own in the header",
            it ->
                it.key(TestIssuer.OTHER_RSA.getPrivateKey())
                    .header("kid", null)
                    .header("jwk", own)),
        new Bad("a kid that is not published", it -> it.header("kid", "r9")),
        new Bad("the kid of a key of another type", it -> it.header("kid", "e1")),
        new Bad("an extension that must be understood", JwtVerifierTest::critical),
        new Bad("an ID token's logout", it -> it.header("typ", "logout+jwt")),
        new Bad("a DPoP proof", it -> it.header("typ", "dpop+jwt")),
        new Bad("another audience", it -> it.claim("aud", "https://other.example.org")),
        new Bad("other audiences", it -> it.claim("aud", List.of("a", "b"))),
        new Bad("no audience", it -> it.claim("aud", null)),
        new Bad("an audience that only begins right", it -> it.claim("aud", "https://api")),
        new Bad("no end", it -> it.claim("exp", null)),
        new Bad("good later", it -> it.claim("nbf", NOW.getEpochSecond() + 31)),
        new Bad("bound to a client's key", it -> it.claim("cnf", Map.of("jkt", "x"))),
        new Bad("no subject", it -> it.claim("sub", null)),
        new Bad("an empty subject", it -> it.claim("sub", "")),
        new Bad("a subject of two lines", it -> it.claim("sub", "alice\nbob")),
        new Bad("a subject that is too long", it -> it.claim("sub", "a".repeat(256))));
  }

  private static TestJwt hmac(TestJwt jwt, byte[] key) {
    return jwt.algorithm("HS256").key(new HmacKey(key));
  }

  private static TestJwt critical(TestJwt jwt) {
    return jwt.header("crit", List.of("x")).header("x", "y");
  }

  @ParameterizedTest
  @MethodSource("badOnes")
  void refusesATokenThatIsNotGood(Bad bad) {
    known(verify(jwt()));
    TestJwt changed = bad.change.apply(jwt());
    assertThat(refused(verify(changed), Reason.TOKEN_UNKNOWN).detail()).isNotEmpty();
    assertThat(isRemembered(changed)).isFalse();
  }

  @Test
  void refusesHmacEvenWhereAPolicyWouldHaveIt() {
    Issuer it = issuer.issuer();
    Issuer careless =
        new Issuer(it.name(), it.issuer(), it.audience(), it.keys(), Set.of("RS256", "HS256"));
    TestJwt forged = hmac(jwt(), TestIssuer.RSA.getPublicKey().getEncoded());
    refused(verify(forged, careless), Reason.TOKEN_UNKNOWN);
  }

  /** The last letter of 256 bytes has four bits that say nothing. */
  @Test
  void takesOneWayOnlyOfWritingASignature() {
    String good = jwt().text();
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = letters.indexOf(good.charAt(good.length() - 1));
    String same = good.substring(0, good.length() - 1) + letters.charAt(last + 1);
    known(whole(asked(good, issuer.issuer())));
    refused(whole(asked(same, issuer.issuer())), Reason.TOKEN_UNKNOWN);
  }

  @Test
  void allowsForAnIssuerWhoseClockIsAheadAndForNoMore() {
    known(verify(jwt().claim("nbf", NOW.getEpochSecond() + 30)));
    refused(verify(jwt().claim("nbf", NOW.getEpochSecond() + 31)), Reason.TOKEN_UNKNOWN);
  }

  @Test
  void leavesExpiryToTheCheckOfEachRequest() {
    assertThat(known(verify(jwt().claim("exp", NOW.getEpochSecond()))).token().expiresAt())
        .contains(NOW);
  }

  @Test
  void takesTheIssuerWhoseAudienceItIsFor() {
    Issuer it = issuer.issuer();
    Issuer mobile = new Issuer("corp", it.issuer(), "mobile", it.keys(), it.algorithms());
    known(verify(jwt(), mobile, it));
    known(verify(jwt().claim("aud", List.of("x", "mobile")), it, mobile));
    refused(verify(jwt().claim("aud", "neither"), it, mobile), Reason.TOKEN_UNKNOWN);
  }

  @Test
  void remembersATokenForThePolicyThatTrustsItsIssuerOnly() {
    Issuer it = issuer.issuer();
    known(verify(jwt()));
    assertThat(isRemembered(jwt())).isTrue();
    Issuer stricter = new Issuer("corp", it.issuer(), "another", it.keys(), it.algorithms());
    refused(verify(jwt(), stricter), Reason.TOKEN_UNKNOWN);
    assertThat(verifier.verify(SecretText.of(jwt().text()), policy())).isEmpty();
  }

  @Test
  void asksForNoKeysOnceATokenIsRemembered() {
    TestJwt jwt = jwt();
    known(verify(jwt));
    issuer.close();
    assertThat(asked(jwt.text(), issuer.issuer())).isCompleted();
    assertThat(issuer.fetches()).isEqualTo(1);
  }
}
