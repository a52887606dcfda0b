package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A client that sends its request slowly is waited for so long and no longer. */
class SlowClientsTest extends DataPlaneKit {
  private static final Duration IDLE = Duration.ofMillis(800);
  private static final Duration HEAD = Duration.ofMillis(400);
  private static final Duration DRAIN = Duration.ofMillis(300);

  private final CountDownLatch closed = new CountDownLatch(1);

  @Override
  protected ProxySettings settings() {
    return TestBounds.settings(TestBounds.times(IDLE, HEAD, DRAIN, Duration.ofMinutes(1)));
  }

  /** 24.05 */
  @Test
  void aHeadThatComesByteByByteIs408() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("GET /open/x HTTP/1.1\r\nX-Slow: ");
      trickle(connection, "x");
      assertTimeout(connection);
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void aHeadThatStopsIs408() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      assertTimeout(connection.send("GET /open/x HT"));
    }
  }

  @Test
  void aConnectionOnWhichNothingComesIsClosedWithoutAWord() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      assertThat(connection.readToEnd()).isEmpty();
    }
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      assertThat(connection.send("\r\n").readToEnd()).isEmpty();
    }
  }

  @Test
  void aLaterHeadOfAConnectionHasTheSameTime() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(connection.send(request("GET /open/x")).read().status()).isEqualTo(200);
      }
      connection.send("GET /open/x HTTP/1.1\r\nX-Slow: ");
      trickle(connection, "x");
      assertTimeout(connection);
    }
    assertThat(upstream.requests()).hasSize(3);
  }

  @Test
  void aConnectionBetweenRequestsMayBeSilentLongerThanAHeadMayTake() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(connection.send(request("GET /open/x")).read().status()).isEqualTo(200);
        await().pollDelay(HEAD.plusMillis(100)).until(() -> true);
      }
    }
  }

  @Test
  void aHeadThatWaitsForTheAnswerBeforeItIsInTime() {
    CountDownLatch answer = new CountDownLatch(1);
    upstream.behave(
        (head, in, out) -> {
          pass(answer, Duration.ofSeconds(20));
          return RawUpstream.Behaviour.answering(RawUpstream.OK).handle(head, in, out);
        });
    String second = request("GET /open/y");
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x") + second.substring(0, 20));
      await().pollDelay(HEAD.multipliedBy(2)).until(() -> true);
      answer.countDown();
      assertThat(connection.read().status()).isEqualTo(200);
      connection.send(second.substring(20));
      assertThat(connection.read().status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatStopsIs408AndFreesTheUpstream() {
    reading();
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /open/x", "Content-Length: 100") + "abc");
      assertTimeout(connection);
    }
    await().until(() -> closed.getCount() == 0);
  }

  @Test
  void aChunkedBodyThatStopsIs408AndFreesTheUpstream() {
    reading();
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /open/x", "Transfer-Encoding: chunked") + "3\r\nabc\r\n");
      assertTimeout(connection);
    }
    await().until(() -> closed.getCount() == 0);
  }

  @Test
  void aBodyThatPausesIsWaitedFor() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /open/x", "Transfer-Encoding: chunked"));
      for (int i = 0; i < 5; i++) {
        await().pollDelay(IDLE.dividedBy(2)).until(() -> true);
        connection.send("1\r\nx\r\n");
      }
      assertThat(connection.send("0\r\n\r\n").read().status()).isEqualTo(200);
    }
    assertThat(upstream.last().body()).isEqualTo("xxxxx");
  }

  @Test
  void aBodyMayPauseWhileTheUpstreamAnswers() throws IOException {
    AtomicReference<String> rest = new AtomicReference<>("");
    upstream.behave(
        (RawUpstream.BodyLeft)
            (head, in, out) -> {
              in.read();
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n1".getBytes(ISO_8859_1));
              out.flush();
              rest.set(new String(in.readNBytes(4), ISO_8859_1));
              out.write('2');
              return true;
            });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /open/x", "Content-Length: 5") + "a");
      while (!connection.readLine().isEmpty()) {
        // the head
      }
      assertThat(connection.in().read()).isEqualTo('1');
      await().pollDelay(IDLE.multipliedBy(2)).until(() -> true);
      connection.send("bcde");
      assertThat(connection.in().read()).isEqualTo('2');
    }
    assertThat(rest).hasValue("bcde");
  }

  @Test
  void aBodyThatTheUpstreamDoesNotTakeIsNotHeldAgainstTheClient() {
    CountDownLatch take = new CountDownLatch(1);
    int size = 60_000_000;
    upstream.behave(
        (RawUpstream.BodyLeft)
            (head, in, out) -> {
              pass(take, Duration.ofSeconds(20));
              in.skipNBytes(size);
              return RawUpstream.Behaviour.answering(RawUpstream.OK).handle(head, in, out);
            });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /open/x", "Content-Length: " + size));
      Thread.ofVirtual().start(() -> connection.send(new byte[size]));
      await().pollDelay(IDLE.multipliedBy(2)).until(() -> true);
      take.countDown();
      assertThat(connection.read().status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatWasAskedForMayTakeLongerThanTheRestOfAnAnsweredOne() throws IOException {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /open/x", "Expect: 100-continue", "Content-Length: 2"));
      assertThat(connection.readLine()).startsWith("HTTP/1.1 100");
      assertThat(connection.readLine()).isEmpty();
      await().pollDelay(DRAIN.plusMillis(200)).until(() -> true);
      assertThat(connection.send("ok").read().status()).isEqualTo(200);
    }
  }

  @Test
  void aLongPollIsNoSlowClient() {
    upstream.behave(
        (head, in, out) -> {
          pass(closed, IDLE.multipliedBy(2));
          return RawUpstream.Behaviour.answering(RawUpstream.OK).handle(head, in, out);
        });
    assertThat(get("/open/x").status()).isEqualTo(200);
  }

  /** The upstream reads the body, and notices when its connection is closed. */
  private void reading() {
    upstream.behave(
        (RawUpstream.BodyLeft)
            (head, in, out) -> {
              try {
                in.transferTo(OutputStream.nullOutputStream());
              } finally {
                closed.countDown();
              }
              return false;
            });
  }

  /** Sends this again and again until the connection is closed. */
  private static void trickle(RawConnection connection, String text) {
    Thread.ofVirtual()
        .start(
            () ->
                await()
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !sends(connection, text)));
  }

  private static boolean sends(RawConnection connection, String text) {
    try {
      connection.send(text);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static void assertTimeout(RawConnection connection) {
    RawConnection.Response response = connection.read();
    assertThat(response.status()).isEqualTo(408);
    assertThat(response.field("Connection")).contains("close");
    assertThat(response.body()).contains("Request Timeout");
    assertThat(connection.readToEnd()).isEmpty();
  }

  private static void pass(CountDownLatch latch, Duration time) throws IOException {
    try {
      latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
