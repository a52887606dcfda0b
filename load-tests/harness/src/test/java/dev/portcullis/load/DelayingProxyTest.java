package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DelayingProxyTest {
  private static final int BYTE = 'x';

  private ServerSocket echo = open();
  private DelayingProxy proxy = before(echo);

  @BeforeEach
  void startEcho() {
    Thread.startVirtualThread(
        () -> {
          try (Socket socket = echo.accept()) {
            socket.getInputStream().transferTo(socket.getOutputStream());
          } catch (IOException ended) {
            // the test is over
          }
        });
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void passesBothWays() throws Exception {
    try (Socket client = connect()) {
      assertThat(roundTrip(client).get(5, TimeUnit.SECONDS)).isEqualTo(BYTE);
    }
  }

  @Test
  void makesAnswersLate() throws Exception {
    proxy.delay(Duration.ofMillis(60));
    long start = System.nanoTime();
    try (Socket client = connect()) {
      roundTrip(client).get(5, TimeUnit.SECONDS);
    }
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(60).toNanos());
  }

  @Test
  void holdsEverythingBackUntilTheNetworkIsWhole() throws Exception {
    try (Socket client = connect()) {
      roundTrip(client).get(5, TimeUnit.SECONDS);
      proxy.blackhole(true);
      CompletableFuture<Integer> answer = roundTrip(client);
      assertThatThrownBy(() -> answer.get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      proxy.blackhole(false);
      assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(BYTE);
    }
  }

  @Test
  void closesTheClientWhereTheServerRefuses() throws IOException {
    echo.close();
    try (Socket client = connect()) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static CompletableFuture<Integer> roundTrip(Socket client) throws IOException {
    client.getOutputStream().write(BYTE);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return client.getInputStream().read();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static ServerSocket open() {
    try {
      return new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DelayingProxy before(ServerSocket server) {
    try {
      return DelayingProxy.before(server.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
