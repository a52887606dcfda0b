package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever has no end, the gateway reads only so much of it. */
class EndlessRequestsTest extends DataPlaneKit {
  private static final int SIZE = 100_000_000;

  /** More than all socket buffers on the way can hold, and far less than what is sent. */
  private static final long BUFFERED = 20_000_000;

  @ParameterizedTest
  @CsvSource({
    "'', GET /open/, 414",
    "'GET /open/x HTTP/1.1\r\nHost: h\r\n', X-A, 431",
    "'GET /open/x HTTP/1.1\r\nHost: h\r\nX-A: ', x, 431",
    "'GET /open/x HTTP/1.1\r\nHost: h\r\n', 'a:\r\n', 431",
    "'GET /open/x HTTP/1.1\r\nHost: h\r\n', 'Cookie: a=b\r\n', 431",
  })
  void aHeadWithoutEndIsRefusedAtTheLimitAndClosed(String begun, String repeated, int status) {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(begun + repeated.repeat(40_000 / repeated.length()));
      assertThat(connection.read().status()).isEqualTo(status);
      assertThat(connection.readToEnd()).isEmpty();
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void requestsBehindOneThatIsNotAnsweredAreNotReadWithoutEnd() {
    CountDownLatch answer = new CountDownLatch(1);
    upstream.behave(
        (head, in, out) -> {
          pass(answer);
          return RawUpstream.Behaviour.answering(RawUpstream.OK).handle(head, in, out);
        });
    String request = request("GET /open/x");
    byte[] many = request.repeat(1_000).getBytes(ISO_8859_1);
    AtomicLong sent = new AtomicLong();
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      Thread.ofVirtual().start(() -> sendAll(connection, many, sent));
      awaitStandstill(sent);
      assertThat(sent.get()).isLessThan(BUFFERED);
      assertThat(upstream.requests()).hasSize(1);
      answer.countDown();
      for (int i = 0; i < 100; i++) {
        assertThat(connection.read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void refusalsThatNobodyReadsAreNotMadeWithoutEnd() {
    byte[] many = "GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n".repeat(1_000).getBytes(ISO_8859_1);
    AtomicLong sent = new AtomicLong();
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      Thread.ofVirtual().start(() -> sendAll(connection, many, sent));
      awaitStandstill(sent);
      assertThat(sent.get()).isLessThan(BUFFERED);
      for (int i = 0; i < 100; i++) {
        assertThat(connection.read().status()).isEqualTo(401);
      }
    }
  }

  private static void sendAll(RawConnection connection, byte[] part, AtomicLong sent) {
    try {
      while (sent.get() < SIZE) {
        connection.send(part);
        sent.addAndGet(part.length);
      }
    } catch (UncheckedIOException e) {
      // the test is over
    }
  }

  private static void pass(CountDownLatch latch) throws IOException {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
