package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a request goes on when the store takes its time. */
class DecisionThreadsTest {
  private final RawUpstream upstream = RawUpstream.start();
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final TestGateway gateway = TestGateway.start(ProxySettings.DEFAULT, Slow::new);

  /** A store whose token reads wait in line. */
  private final class Slow implements TokenStore {
    private final TokenStore store;

    Slow(TokenStore store) {
      this.store = store;
    }

    @Override
    public CompletionStage<Lookup<Token>> token(TokenHash hash) {
      CompletableFuture<Lookup<Token>> answer = new CompletableFuture<>();
      waiting.add(() -> store.token(hash).thenAccept(answer::complete));
      return answer;
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

  @BeforeEach
  void follow() {
    gateway.follow(TestPolicies.bearer(upstream.uri(), TestPolicies.route("/api/**")));
  }

  @AfterEach
  void stop() {
    gateway.close();
    upstream.close();
  }

  @Test
  void aRequestThatHadToWaitGoesOnOnItsEventLoop() {
    String secret = gateway.secretOf(TestTokens.active());
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(
          "GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + secret + "\r\n\r\n");
      await().until(() -> !waiting.isEmpty());
      waiting.remove().run();
      assertThat(connection.read().status()).isEqualTo(200);
    }
    assertThat(gateway.passedOnBy()).matches("(reactor|webflux)-http.*");
    assertThat(gateway.meters().get("portcullis.chain").tag("outcome", "MISS").timer().count())
        .isEqualTo(1);
  }

  @Test
  void aClientThatDoesNotWaitLeavesTheLookUpAlone() {
    String secret = gateway.secretOf(TestTokens.active());
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(
          "GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + secret + "\r\n\r\n");
      await().until(() -> !waiting.isEmpty());
    }
    waiting.remove().run();
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(401);
    }
    assertThat(upstream.requests()).isEmpty();
  }
}
