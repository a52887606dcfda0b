package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies flow through; the gateway holds no more of them than fits its buffers. */
class StreamingTest extends DataPlaneKit {
  private static final int SIZE = 100_000_000;

  /** More than all socket buffers on the way can hold, and far less than a body. */
  private static final long BUFFERED = 60_000_000;

  private final byte[] part = new byte[100_000];

  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET", "DELETE"})
  void anUploadGoesOnlyAsFastAsTheUpstreamTakesIt(String method) {
    CountDownLatch taking = new CountDownLatch(1);
    AtomicLong taken = new AtomicLong();
    upstream.behave(
        (RawUpstream.BodyLeft)
            (head, in, out) -> {
              pass(taking);
              taken.set(in.skip(SIZE));
              in.skipNBytes(SIZE - taken.get());
              taken.set(SIZE);
              return RawUpstream.Behaviour.answering(RawUpstream.OK).handle(head, in, out);
            });
    AtomicLong sent = new AtomicLong();
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request(method + " /open/x", "Content-Length: " + SIZE));
      Thread.ofVirtual().start(() -> sendAll(connection, sent));
      awaitStandstill(sent);
      assertThat(sent.get()).isLessThan(BUFFERED);
      taking.countDown();
      assertThat(connection.read().status()).isEqualTo(200);
    }
    assertThat(taken.get()).isEqualTo(SIZE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 99_999, 100_000})
  void anAnswerThatComesInPiecesArrivesWhole(int length) {
    byte[] body = "0123456789abc".repeat(length / 13 + 1).substring(0, length).getBytes(ISO_8859_1);
    upstream.behave(
        (head, in, out) -> {
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n").getBytes(ISO_8859_1));
          for (int from = 0; from < length; from += 5_000) {
            out.write(body, from, Math.min(5_000, length - from));
            out.flush();
          }
          out.flush();
          return true;
        });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      for (int i = 0; i < 2; i++) {
        RawConnection.Response response = connection.send(request("GET /open/x")).read();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(new String(body, ISO_8859_1));
      }
    }
  }

  @Test
  void aDownloadGoesOnlyAsFastAsTheClientTakesIt() throws IOException {
    AtomicLong sent = new AtomicLong();
    upstream.behave(
        (head, in, out) -> {
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n").getBytes(ISO_8859_1));
          while (sent.get() < SIZE) {
            out.write(part);
            sent.addAndGet(part.length);
          }
          return true;
        });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x"));
      awaitStandstill(sent);
      assertThat(sent.get()).isLessThan(BUFFERED);
      while (!connection.readLine().isEmpty()) {
        // the head
      }
      connection.in().skipNBytes(SIZE);
    }
    assertThat(sent.get()).isEqualTo(SIZE);
  }

  @Test
  void aClientThatReadsNoRefusalIsRefusedNoMore() {
    String head = "GET /api/x HTTP/1.1\r\nHost: h\r\nX-Fill: " + "x".repeat(1_000) + "\r\n\r\n";
    byte[] heads = head.repeat(100).getBytes(ISO_8859_1);
    AtomicLong sent = new AtomicLong();
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      Thread.ofVirtual().start(() -> sendAll(connection, heads, sent));
      awaitStandstill(sent);
      assertThat(sent.get()).isLessThan(SIZE);
    }
  }

  @Test
  void aRefusalReachesAClientThatSendsItsWholeBodyFirst() {
    AtomicLong sent = new AtomicLong();
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: " + SIZE + "\r\n\r\n");
      sendAll(connection, sent);
      assertThat(connection.read().status()).isEqualTo(401);
      assertThat(connection.send(request("GET /api/x")).read().status()).isEqualTo(200);
    }
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void aRefusalThatClosesReachesAClientThatSendsItsWholeBodyFirst() {
    AtomicLong sent = new AtomicLong(SIZE - 20_000_000);
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("POST /open/x HTTP/1.1\r\nContent-Length: 20000000\r\n\r\n");
      sendAll(connection, sent);
      assertThat(connection.read().status()).isEqualTo(400);
      assertThat(connection.readToEnd()).isEmpty();
    }
    assertThat(sent.get()).isEqualTo(SIZE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100000000", "Transfer-Encoding: chunked"})
  void aRefusalComesBeforeTheBodyDoes(String framing) {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("POST /api/x HTTP/1.1\r\nHost: h\r\n" + framing + "\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(401);
    }
  }

  @Test
  void aClientThatAsksFirstIsToldNotToSend() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(
          "POST /api/x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(connection.readToEnd()).startsWith("HTTP/1.1 401").contains("close");
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToSend() throws IOException {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /api/x", "Expect: 100-continue", "Content-Length: 5"));
      assertThat(connection.readLine()).startsWith("HTTP/1.1 100");
      assertThat(connection.readLine()).isEmpty();
      assertThat(connection.send("hello").read().status()).isEqualTo(200);
    }
    assertThat(upstream.last().body()).isEqualTo("hello");
    assertThat(upstream.last().values("Expect")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "application/x-ndjson", "text/plain"})
  void eachPieceOfAStreamIsPassedOnAtOnce(String type) throws IOException {
    Semaphore next = new Semaphore(1);
    upstream.behave(
        (head, in, out) -> {
          String start =
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: " + type + "\r\n\r\n";
          out.write(start.getBytes(ISO_8859_1));
          for (int i = 0; i < 5; i++) {
            pass(next);
            out.write("9\r\ndata: %d\n\n\r\n".formatted(i).getBytes(ISO_8859_1));
            out.flush();
          }
          out.write("0\r\n\r\n".getBytes(ISO_8859_1));
          return true;
        });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x"));
      for (int i = 0; i < 5; i++) {
        String line = "";
        while (!line.equals("data: " + i)) {
          line = connection.readLine();
        }
        next.release();
      }
    }
  }

  @Test
  void aRequestIsGivenUpWhenItsClientIsGoneBeforeTheResponse() {
    assertGivenUp("");
  }

  @Test
  void aRequestIsGivenUpWhenItsClientIsGoneDuringTheResponse() {
    assertGivenUp("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
  }

  private void assertGivenUp(String begun) {
    CountDownLatch closed = new CountDownLatch(1);
    upstream.behave(
        (head, in, out) -> {
          out.write(begun.getBytes(ISO_8859_1));
          out.flush();
          if (in.read() < 0) {
            closed.countDown();
          }
          return false;
        });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x"));
      await().until(() -> !upstream.requests().isEmpty());
    }
    await().until(() -> closed.getCount() == 0);
  }

  @Test
  void aBodyThatItsClientBreaksOffIsNotEndedAsIfItWereWhole() {
    AtomicLong end = new AtomicLong();
    upstream.behave(
        (RawUpstream.BodyLeft)
            (head, in, out) -> {
              end.set(new String(in.readAllBytes(), ISO_8859_1).contains("0\r\n\r\n") ? 1 : 2);
              return false;
            });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /open/x", "Transfer-Encoding: chunked") + "5\r\nhello\r\n");
      await().until(() -> !upstream.requests().isEmpty());
    }
    await().until(() -> end.get() != 0);
    assertThat(end.get()).isEqualTo(2);
  }

  private void sendAll(RawConnection connection, AtomicLong sent) {
    sendAll(connection, part, sent);
  }

  private static void sendAll(RawConnection connection, byte[] part, AtomicLong sent) {
    try {
      while (sent.get() < SIZE) {
        connection.send(part);
        sent.addAndGet(part.length);
      }
    } catch (UncheckedIOException e) {
      // told by whoever reads the response
    }
  }

  private static void pass(CountDownLatch latch) throws IOException {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void pass(Semaphore semaphore) throws IOException {
    try {
      semaphore.tryAcquire(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
