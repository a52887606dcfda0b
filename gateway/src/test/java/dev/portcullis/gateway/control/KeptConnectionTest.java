package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection that is kept for one request after another. */
class KeptConnectionTest {
  private final TestClock clock = new TestClock();
  private final InMemoryStore memory = new InMemoryStore(clock);
  private final ControlPlane plane =
      new ControlPlane(
          memory,
          new Slow(),
          clock,
          Ticker.systemTicker(),
          ControlPlane.settings(new Lifetimes(Map.of())));

  /** A store that takes its time over tokens. */
  private final class Slow implements TokenStore {
    private final Executor later = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    @Override
    public CompletionStage<Lookup<Token>> token(TokenHash hash) {
      return CompletableFuture.supplyAsync(Lookup.Absent::new, later);
    }

    @Override
    public CompletionStage<Lookup<Principal>> principal(String id) {
      return memory.principal(id);
    }

    @Override
    public CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
      return memory.rehash(from, to);
    }
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private static String get(String headers) {
    return "GET /v1/tokens HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }

  private static String statusAndBody(BufferedReader in) throws IOException {
    String status = in.readLine();
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    assertThat(in.skip(length)).isEqualTo(length);
    return status;
  }

  @Test
  void isReadAfterARequestThatWaitedForAnother() throws IOException {
    String token = ControlPlane.PEPPERS.mint("pcat_", Salt.fresh()).secret().reveal();
    URI uri = plane.uri();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(5_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String both = get("Authorization: Bearer " + token + "\r\n") + get("");
      socket.getOutputStream().write(both.getBytes(StandardCharsets.US_ASCII));
      assertThat(statusAndBody(in)).contains("401");
      assertThat(statusAndBody(in)).contains("401");
      socket.getOutputStream().write(get("").getBytes(StandardCharsets.US_ASCII));
      assertThat(statusAndBody(in)).contains("401");
    }
  }
}
