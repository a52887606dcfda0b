package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A client that does not read its answer is let go; one that reads slowly is not. */
class SlowReadersTest extends DataPlaneKit {
  private static final Duration WRITE = Duration.ofMillis(800);
  private static final int SIZE = 40_000_000;

  private final byte[] part = new byte[100_000];
  private final CountDownLatch closed = new CountDownLatch(1);

  @Override
  protected ProxySettings settings() {
    Duration minute = Duration.ofMinutes(1);
    return TestBounds.settings(TestBounds.times(minute, minute, minute, WRITE));
  }

  @Test
  void anAnswerThatIsNotReadIsBrokenOffAndTheUpstreamFreed() {
    streaming();
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x"));
      await().atMost(Duration.ofSeconds(10)).until(() -> closed.getCount() == 0);
      await().until(() -> gateway.bean(OpenConnections.class).open() == 0);
      assertThat(connection.readToEnd().length()).isLessThan(SIZE);
    }
  }

  @Test
  void pipelinedAnswersThatAreNotReadAreBrokenOff() {
    upstream.behave(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(ISO_8859_1));
          out.write(part);
          return true;
        });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      for (int i = 0; i < 200; i++) {
        connection.send(request("GET /open/x"));
      }
      await().until(() -> gateway.bean(OpenConnections.class).open() == 1);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> gateway.bean(OpenConnections.class).open() == 0);
    }
    assertThat(upstream.requests().size()).isLessThan(200);
  }

  @Test
  void anAnswerThatIsReadSlowlyArrives() throws IOException {
    streaming();
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x"));
      while (!connection.readLine().isEmpty()) {
        // the head
      }
      AtomicLong left = new AtomicLong(SIZE);
      await()
          .pollInterval(WRITE.dividedBy(4))
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                connection.in().skipNBytes(SIZE / 20);
                return left.addAndGet(-SIZE / 20) == 0;
              });
    }
  }

  @Test
  void aStreamInWhichNothingHappensGoesOn() throws IOException {
    upstream.behave(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1".getBytes(ISO_8859_1));
          out.flush();
          pass(closed, WRITE.multipliedBy(2));
          out.write('2');
          return true;
        });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      assertThat(connection.send(request("GET /open/x")).read().body()).isEqualTo("12");
    }
  }

  private void streaming() {
    upstream.behave(
        (head, in, out) -> {
          try {
            out.write(
                ("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n").getBytes(ISO_8859_1));
            for (int sent = 0; sent < SIZE; sent += part.length) {
              out.write(part);
            }
          } catch (IOException e) {
            closed.countDown();
            throw e;
          }
          return true;
        });
  }

  private static void pass(CountDownLatch latch, Duration time) throws IOException {
    try {
      latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
