package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A route in shadow mode lets pass even where nobody can tell who is asking. */
class ShadowRouteTest extends DataPlaneKit {

  @Test
  void anOutageOfTheStoreIsOnlyCounted() {
    follow(TestPolicies.shadow("/api/**"));
    gateway.store().switchOff();
    try {
      assertPasses(gateway, token, "STORE_UNAVAILABLE");
    } finally {
      gateway.store().switchOn();
    }
  }

  @Test
  void anUnexpectedFailureIsOnlyCounted() {
    try (TestGateway broken = TestGateway.start(settings(), BrokenStore::new)) {
      broken.follow(TestPolicies.bearer(upstream.uri(), TestPolicies.shadow("/api/**")));
      assertPasses(broken, broken.secretOf(TestTokens.active()), "INTERNAL");
    }
  }

  private void assertPasses(TestGateway gateway, String token, String reason) {
    RawConnection.Response response =
        RawConnection.exchange(
            gateway.port(),
            "GET /api/x HTTP/1.1\r\nHost: x\r\nX-Auth-Subject: root\r\n"
                + "Authorization: Bearer "
                + token
                + "\r\n\r\n");
    assertThat(response.status()).isEqualTo(200);
    assertThat(upstream.requests().getLast().toString())
        .doesNotContainIgnoringCase("X-Auth-")
        .doesNotContainIgnoringCase("Authorization");
    assertThat(
            gateway
                .meters()
                .get("portcullis.shadow.refusals")
                .tag("reason", reason)
                .tag("api", "test")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(gateway.meters().find("portcullis.decisions").tag("reason", reason).counter())
        .isNull();
  }

  /** What a store never does. */
  private record BrokenStore(TokenStore store) implements TokenStore {
    @Override
    public CompletionStage<Lookup<Token>> token(TokenHash hash) {
      throw new IllegalStateException("broken");
    }

    @Override
    public CompletionStage<Lookup<Principal>> principal(String id) {
      return store.principal(id);
    }

    @Override
    public CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
      return store.rehash(from, to);
    }
  }
}
