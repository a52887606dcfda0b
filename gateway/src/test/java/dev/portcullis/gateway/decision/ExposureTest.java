package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Issuer;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is noticed of credentials sent over plain HTTP, where the policy has them revoked. */
class ExposureTest extends ExposureKit {
  @Test
  void tellsOfATokenAndToWhichApiAndFromWhereItWasSent() {
    look(bearer("/any"));
    assertThat(told).containsExactly(FOUND);
  }

  @Test
  void tellsOfATokenWhateverItMayDoThere() {
    look(bearer("/datasets/x").with("Email", "eve@example.org").with("X-Org", "another"));
    assertThat(told).as("neither scope nor e-mail nor organization matters").containsExactly(FOUND);
  }

  @Test
  void tellsOfATokenOnAPublicRouteToo() {
    look(bearer("/open"));
    assertThat(told).containsExactly(FOUND);
  }

  private Stream<TestRequests> carried() {
    return Stream.of(
        TestRequests.get("/any?a=1&tk=" + secret()),
        TestRequests.get("/any").with("Cookie", "a=1; token=" + secret()),
        TestRequests.get("/any?tk=pc_other").with("Authorization", "Bearer " + secret()));
  }

  @Test
  void findsItInEveryCarrierAndBesideAnother() {
    carried()
        .forEach(
            request -> {
              told.clear();
              look(request);
              assertThat(told).containsExactly(FOUND);
            });
  }

  private static Stream<Token> whateverTheirState() {
    return Stream.of(
        TestTokens.expiringAt(NOW.minusSeconds(1)),
        TestTokens.allowedFrom("10.0.0.1"),
        TestTokens.personal(),
        TestTokens.accessKey());
  }

  @ParameterizedTest
  @MethodSource("whateverTheirState")
  void tellsOfATokenThatIsOrMayBecomeGoodElsewhere(Token token) {
    given(token, TestPrincipals.disabled());
    look(bearer("/any"));
    assertThat(told).containsExactly(FOUND);
  }

  @Test
  void tellsOfATokenWhosePrincipalIsNotThere() {
    store.with(minted.hash(), TestTokens.token("orphan", "nobody"));
    look(bearer("/any"));
    assertThat(told).containsExactly("orphan to logs from 192.0.2.7");
  }

  @Test
  void tellsOfAnImportedTokenWhereThePolicyTakesThem() {
    TokenHash hash = peppers.candidates(SecretText.of("imported"), true).getLast();
    store.with(hash, TestTokens.active());
    TestRequests request = TestRequests.get("/any").with("Authorization", "Bearer imported");
    look(request);
    assertThat(told).isEmpty();
    policy += "imported-tokens: true\n";
    look(request);
    assertThat(told).containsExactly(FOUND);
  }

  @Test
  void holdsItsPeaceOfATokenThatIsRevokedAlready() {
    given(TestTokens.revoked(), TestPrincipals.user());
    look(bearer("/any"));
    assertThat(told).isEmpty();
  }

  @Test
  void looksAtNothingThatCameOverTlsOrThatAProxyDoesNotTellOf() {
    look(bearer("/any").overTls());
    look(bearer("/any").overWhoKnowsWhat());
    assertThat(told).isEmpty();
    assertThat(store.reads()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"optional", "required"})
  void looksAtNothingWhereThePolicyDoesNotRevoke(String rule) {
    policy = policy.replace("tls: revoking", "tls: " + rule);
    look(bearer("/any"));
    assertThat(store.reads()).isZero();
  }

  @Test
  void changesNothingOnARouteThatIsOnlyTried() {
    look(bearer("/tried"));
    assertThat(store.reads()).isZero();
  }

  @Test
  void tellsOfATokenOfAnotherIssuerOnceItsSignatureIsVerified() {
    RequestHead head = bearer("/any").head();
    RouteMatch match = trusting(match(head));
    otherIssuers =
        (text, any) ->
            Optional.of(
                CompletableFuture.completedStage(
                    text.reveal().equals(secret())
                        ? new Verification.Known(jwt(), TestPrincipals.user())
                        : new Verification.Refused(Decision.Denied.because(Reason.TOKEN_UNKNOWN))));
    look(bearer("/any"), match);
    assertThat(told).containsExactly("corp:1 to logs from 192.0.2.7");
    throttle = new FailureThrottle(Optional.of(Limit.parse("1 per minute")), 100, ticker);
    look(TestRequests.get("/any").with("Authorization", "Bearer a.b.c"), match);
    assertThat(told).hasSize(1);
    assertThat(throttle.size()).isEqualTo(1);
  }

  @Test
  void noticesATokenOfAnotherIssuerHoweverLongThePolicyTakesThem() {
    String jwt = "j".repeat(8_192);
    otherIssuers =
        (text, any) ->
            Optional.of(
                CompletableFuture.completedStage(
                    new Verification.Known(jwt(), TestPrincipals.user())));
    TestRequests request = TestRequests.get("/any").with("Authorization", "Bearer " + jwt);
    look(request, trusting(match(request.head())));
    assertThat(told).containsExactly("corp:1 to logs from 192.0.2.7");
  }

  private static RouteMatch trusting(RouteMatch match) {
    Policy policy = match.policy();
    Issuer issuer =
        new Issuer(
            "corp", "https://id.test", "logs", URI.create("https://id.test/keys"), Set.of("ES256"));
    return new RouteMatch(
        new Policy(
            policy.api(),
            policy.upstream(),
            policy.credentials(),
            policy.email(),
            policy.emailHeader(),
            policy.organizationHeader(),
            policy.forwardCredentials(),
            policy.importedTokens(),
            List.of(issuer),
            policy.tls(),
            policy.errors(),
            policy.limits(),
            policy.limitHeaders(),
            policy.tokens(),
            policy.assertion(),
            policy.activity(),
            policy.routes(),
            policy.roles()),
        match.route(),
        match.variables());
  }

  private static Token jwt() {
    Token token = TestTokens.token("corp:1", "corp:ada");
    return new Token(
        token.id(),
        token.principalId(),
        TokenKind.JWT,
        token.scopes(),
        token.expiresAt(),
        token.revokedAt(),
        token.allowedAddresses(),
        token.limits(),
        token.countedAs(),
        token.parent());
  }
}
