package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Use;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which requests are uses of a token. */
class LastUseTest extends DataPlaneKit {

  @BeforeEach
  void forgetEarlierUses() {
    gateway.uses().drain(Integer.MAX_VALUE);
  }

  private String secretOf(String id) {
    return gateway.secretOf(TestTokens.token(id, "ada"));
  }

  private int ask(String target, String secret) {
    return send("GET "
            + target
            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + secret
            + "\r\n\r\n")
        .status();
  }

  @Test
  void aRequestThatIsAllowedIsOneFromItsClientsAddress() {
    String secret = secretOf("used");
    assertThat(ask("/api/x", secret)).isEqualTo(200);
    assertThat(ask("/api/x", secret)).isEqualTo(200);
    assertThat(gateway.uses().drain(10))
        .singleElement()
        .satisfies(
            use -> {
              assertThat(use.tokenId()).isEqualTo("used");
              assertThat(use.from()).isEqualTo(Optional.of("127.0.0.1"));
            });
  }

  @Test
  void aRequestWithAnotherIssuersTokenIsNone() {
    assertThat(ask("/api/x", gateway.secretOf(TestTokens.ofAnotherIssuer()))).isEqualTo(200);
    assertThat(gateway.uses().drain(10)).isEmpty();
  }

  @Test
  void aRequestThatIsAllowedInShadowModeIsOne() {
    follow(TestPolicies.shadow("/api/**"));
    assertThat(ask("/api/x", secretOf("shadowed"))).isEqualTo(200);
    assertThat(gateway.uses().drain(10)).extracting(Use::tokenId).containsExactly("shadowed");
  }

  @Test
  void aRequestThatIsRefusedOrOnlyPassesIsNone() {
    follow(
        TestPolicies.scoped("/api/**", "a:read"),
        TestPolicies.open("/open/**"),
        TestPolicies.shadow("/shadow/**"));
    String secret = gateway.secretOf(TestTokens.withScopes("b:read"));
    assertThat(ask("/api/x", secret)).isEqualTo(403);
    assertThat(ask("/open/x", secret)).isEqualTo(200);
    assertThat(ask("/shadow/x", gateway.secretOf(TestTokens.revoked()))).isEqualTo(200);
    assertThat(gateway.uses().drain(10)).isEmpty();
  }
}
