package dev.portcullis.gateway.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.decision.Verification;
import dev.portcullis.policy.Issuer;
import dev.portcullis.policy.Reason;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an issuer's keys are fetched, and what is good while they cannot be had. */
class IssuerKeysTest extends IssuerKit {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private double fetches(String outcome) {
    return registry
        .get("portcullis.issuer.key.fetches")
        .tags("issuer", "corp", "outcome", outcome)
        .counter()
        .count();
  }

  private TestJwt ofOtherKey() {
    return issuer.jwtOfOtherKey("alice", NOW);
  }

  @Test
  void fetchesKeysAheadOfTheFirstRequest() {
    verifier.expect(List.of(policy(issuer.issuer())));
    await().until(() -> registry.find("portcullis.issuer.key.fetches").counter() != null);
    assertThat(asked(jwt().text(), issuer.issuer())).isCompleted();
    verifier.expect(List.of(policy(issuer.issuer())));
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void forgetsTheKeysOfIssuersThatNoPolicyNames() {
    known(verify(jwt()));
    verifier.expect(List.of(policy()));
    assertThat(isRemembered(jwt())).isFalse();
  }

  @Test
  void fetchesOnceForAllWhoWait() {
    CountDownLatch held = issuer.holding();
    List<CompletableFuture<Verification>> stages =
        IntStream.range(0, 100)
            .mapToObj(i -> asked(issuer.jwt("u" + i, NOW).text(), issuer.issuer()))
            .toList();
    assertThat(stages).noneMatch(CompletableFuture::isDone);
    held.countDown();
    stages.forEach(stage -> known(whole(stage)));
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void fetchesAgainForAKeyThatIsNewToIt() {
    known(verify(jwt()));
    issuer.publish(TestIssuer.RSA, TestIssuer.OTHER_RSA);
    pass(IssuerKeys.PAUSE);
    known(verify(ofOtherKey()));
    known(verify(jwt()));
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void fetchesOnceInTenSecondsForKeysThatThereAreNot() {
    known(verify(jwt()));
    for (int i = 0; i < 1_000; i++) {
      TestJwt guess = jwt().header("kid", "k" + i);
      assertThat(asked(guess.text(), issuer.issuer())).isCompleted();
      refused(verify(guess), Reason.TOKEN_UNKNOWN);
    }
    assertThat(issuer.fetches()).isEqualTo(1);
    pass(IssuerKeys.PAUSE);
    for (int i = 0; i < 100; i++) {
      refused(verify(jwt().header("kid", "k" + i)), Reason.TOKEN_UNKNOWN);
    }
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void aTokenIsGoodNoMoreWhoseKeyWasWithdrawn() {
    known(verify(jwt()));
    issuer.rotated();
    pass(IssuerKeys.FRESH);
    known(verify(jwt()));
    await().until(() -> issuer.fetches() == 2 && fetches("fetched") == 2);
    assertThat(isRemembered(jwt())).isFalse();
    refused(verify(jwt()), Reason.TOKEN_UNKNOWN);
    known(verify(ofOtherKey()));
  }

  @Test
  void remembersTokensWhileTheKeysStayAsTheyAre() {
    known(verify(jwt()));
    pass(IssuerKeys.FRESH);
    known(verify(jwt()));
    await().until(() -> fetches("fetched") == 2);
    assertThat(isRemembered(jwt())).isTrue();
  }

  @Test
  void tellsAnOutageFromABadToken() {
    issuer.answering(503);
    assertThat(refused(verify(jwt()), Reason.STORE_UNAVAILABLE).retryAfter()).contains(SECOND);
    for (int i = 0; i < 50; i++) {
      refused(verify(jwt()), Reason.STORE_UNAVAILABLE);
    }
    assertThat(issuer.fetches()).isEqualTo(1);
    assertThat(fetches("failed")).isEqualTo(1);
    issuer.answering(200);
    pass(IssuerKeys.PAUSE_WITHOUT);
    known(verify(jwt()));
  }

  @Test
  void tellsAnOutageFromABadTokenWhereNobodyListens() {
    issuer.close();
    refused(verify(jwt()), Reason.STORE_UNAVAILABLE);
  }

  @Test
  void servesAnHourWithTheKeysItHas() {
    known(verify(jwt()));
    issuer.answering(500);
    pass(IssuerKeys.TRUSTED.minusNanos(1));
    known(verify(jwt()));
    known(verify(issuer.jwt("bob", NOW)));
    await().until(() -> registry.find("portcullis.issuer.key.fetches").counters().size() == 2);
    refused(verify(ofOtherKey()), Reason.STORE_UNAVAILABLE);
    pass(Duration.ofNanos(1));
    assertThat(isRemembered(jwt())).isFalse();
    refused(verify(jwt()), Reason.STORE_UNAVAILABLE);
  }

  @Test
  void givesUpOnAnIssuerThatIsSlow() {
    issuer.holding();
    Issuer it = issuer.issuer();
    try (HttpKeySource impatient = new HttpKeySource(Duration.ofMillis(100))) {
      assertThat(impatient.fetch(it.keys()).toCompletableFuture())
          .failsWithin(Duration.ofSeconds(10));
    }
  }

  /** Where every look for the way fails by no exception. */
  private static final class Broken extends ProxySelector {
    @Override
    public List<Proxy> select(URI address) {
      throw new StackOverflowError();
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
  }

  @Test
  void givesUpAlsoByAnError() {
    ProxySelector usual = ProxySelector.getDefault();
    ProxySelector.setDefault(new Broken());
    try (HttpKeySource broken = new HttpKeySource(Duration.ofSeconds(3))) {
      assertThat(broken.fetch(issuer.keys()).toCompletableFuture())
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(StackOverflowError.class);
    } finally {
      ProxySelector.setDefault(usual);
    }
  }

  private static List<String> unusable() {
    return List.of(
        "",
        "no JSON",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[7]}",
        "{\"keys\":[],\"x\":\"" + "x".repeat(256 * 1024) + "\"}");
  }

  @Test
  void takesNothingForAKeySetThatIsNone() {
    known(verify(jwt()));
    List<Integer> asked = new ArrayList<>();
    for (String text : unusable()) {
      issuer.publish(text);
      pass(IssuerKeys.PAUSE);
      refused(verify(ofOtherKey()), Reason.STORE_UNAVAILABLE);
      asked.add(issuer.fetches());
    }
    assertThat(asked).doesNotHaveDuplicates();
    assertThat(isRemembered(jwt())).as("the keys it had serve on").isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 404, 500})
  void takesKeysFromWhereThePolicySaysOnly(int status) {
    issuer.answering(status);
    refused(verify(jwt()), Reason.STORE_UNAVAILABLE);
  }

  @Test
  void leavesOutKeysThatCannotBeUsed() {
    JsonWebKey weak = TestIssuer.rsa("weak", 1024);
    JsonWebKey symmetric = new OctetSequenceJsonWebKey(new HmacKey(new byte[32]));
    symmetric.setKeyId("h1");
    issuer.publish(
        "{\"keys\":[{\"kty\":\"XYZ\",\"kid\":\"r1\"},{\"kty\":\"RSA\",\"kid\":\"r1\"},{},"
            + "{\"kty\":\"EC\",\"crv\":\"P-999\",\"x\":\"AA\",\"y\":\"AA\"},"
            + symmetric.toJson(JsonWebKey.OutputControlLevel.INCLUDE_SYMMETRIC)
            + ","
            + weak.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
            + ","
            + TestIssuer.RSA.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE)
            + "]}");
    known(verify(jwt()));
    TestJwt ofWeak =
        TestJwt.of("alice", (org.jose4j.jwk.PublicJsonWebKey) weak, NOW).header("kid", "weak");
    refused(verify(ofWeak), Reason.TOKEN_UNKNOWN);
    refused(
        verify(jwt().header("kid", "h1").algorithm("HS256").key(new HmacKey(new byte[32]))),
        Reason.TOKEN_UNKNOWN);
  }
}
