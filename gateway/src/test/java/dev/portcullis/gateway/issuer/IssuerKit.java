package dev.portcullis.gateway.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Verification;
import dev.portcullis.gateway.meter.IdentityMeters;
import dev.portcullis.gateway.token.FakeTicker;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.policy.Issuer;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;

/** A verifier before an issuer on real HTTP, for tests of it to extend. */
abstract class IssuerKit {
  protected static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  protected final TestIssuer issuer = TestIssuer.start();
  protected final FakeTicker ticker = new FakeTicker();
  protected final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  protected final JwtVerifier verifier =
      new JwtVerifier(new IdentityMeters(registry), () -> NOW, ticker);

  @AfterEach
  void stop() {
    verifier.close();
    issuer.close();
  }

  protected static Policy policy(Issuer... issuers) {
    PolicyReader.Result read =
        PolicyReader.read(
            "test.yaml",
            """
            api: test
            upstream: http://127.0.0.1:1
            credentials: [bearer]
            routes:
              - match: GET /x
                scopes: []
            """);
    Policy p = ((PolicyReader.Read) read).policies().getFirst();
    return new Policy(
        p.api(),
        p.upstream(),
        p.credentials(),
        p.email(),
        p.emailHeader(),
        p.organizationHeader(),
        p.forwardCredentials(),
        p.importedTokens(),
        List.of(issuers),
        p.tls(),
        p.errors(),
        p.limits(),
        p.limitHeaders(),
        p.tokens(),
        p.assertion(),
        p.activity(),
        p.routes(),
        p.roles());
  }

  protected TestJwt jwt() {
    return issuer.jwt("alice", NOW);
  }

  /** What becomes of the token; fails where it is left to the store. */
  protected Verification verify(TestJwt jwt) {
    return verify(jwt, issuer.issuer());
  }

  protected Verification verify(TestJwt jwt, Issuer... trusted) {
    return whole(asked(jwt.text(), trusted));
  }

  /** The stage of its verification. */
  protected CompletableFuture<Verification> asked(String text, Issuer... trusted) {
    return verifier
        .verify(SecretText.of(text), policy(trusted))
        .orElseThrow()
        .toCompletableFuture();
  }

  protected static Verification whole(CompletableFuture<Verification> stage) {
    try {
      return stage.get(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("never decided", e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  protected static Verification.Known known(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Known.class);
    return (Verification.Known) verification;
  }

  protected static Denied refused(Verification verification, Reason reason) {
    assertThat(verification).isInstanceOf(Verification.Refused.class);
    Denied denied = ((Verification.Refused) verification).denied();
    assertThat(denied.reason()).isEqualTo(reason);
    return denied;
  }

  /** Whether it would be good without a signature or a fetch. */
  protected boolean isRemembered(TestJwt jwt) {
    return verifier
        .remembered()
        .verify(SecretText.of(jwt.text()), policy(issuer.issuer()))
        .isPresent();
  }

  protected void pass(Duration time) {
    ticker.advance(time);
  }
}
