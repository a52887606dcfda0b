package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream says behind a response never becomes part of another client's. */
class StrayResponseTest extends DataPlaneKit {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nSet-Cookie: session=evil\r\nX-Part: ";

  private void assertNextIsClean() {
    upstream.behave(RawUpstream.Behaviour.answering(RawUpstream.OK));
    for (int i = 0; i < 4; i++) {
      RawConnection.Response next = get("/open/next");
      assertThat(next.status()).isEqualTo(200);
      assertThat(next.body()).isEqualTo("ok");
      assertThat(next.field("Set-Cookie")).isEmpty();
      assertThat(next.field("X-Part")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEAD,
        "HTTP/1.1 404 ",
        "HTTP/1.1 200 OK\r",
        "junk",
        HEAD + "x\r\nContent-Length: 4\r\n\r\nevil",
        HEAD + "x\r\n\r\nevil",
        "HTTP/1.1 103 Early Hints\r\nX-Part: evil\r\n"
      })
  void bytesBehindAResponseAreNotTheNextOnes(String stray) {
    for (String before :
        new String[] {
          RawUpstream.OK,
          "HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 304 Not Modified\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
        }) {
      upstream.behave(RawUpstream.Behaviour.answering(before + stray));
      assertThat(get("/open/x").status()).isIn(200, 204, 304);
      assertNextIsClean();
    }
  }

  @Test
  void theBodyOfAnAnswerToHeadIsNotTheNextResponse() throws IOException {
    upstream.behave(
        RawUpstream.Behaviour.answering("HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n" + HEAD));
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("HEAD /open/x", "Connection: close"));
      assertThat(connection.readLine()).startsWith("HTTP/1.1 200");
    }
    assertNextIsClean();
  }

  @Test
  void bytesOnAnIdleConnectionCloseIt() throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    upstream.behave(
        (head, in, out) -> {
          out.write(RawUpstream.OK.getBytes(ISO_8859_1));
          out.flush();
          await(answered);
          out.write(HEAD.getBytes(ISO_8859_1));
          out.flush();
          if (in.read() < 0) {
            closed.countDown();
          }
          return false;
        });
    assertThat(get("/open/x").status()).isEqualTo(200);
    answered.countDown();
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    assertNextIsClean();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aConnectionIsKeptWhereNothingStrays() {
    get("/open/x");
    int connections = upstream.connections();
    for (int i = 0; i < 5; i++) {
      assertThat(get("/open/x").body()).isEqualTo("ok");
    }
    assertThat(upstream.connections()).isLessThanOrEqualTo(connections);
  }
}
