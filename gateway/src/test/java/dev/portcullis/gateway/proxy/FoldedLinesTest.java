package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However the bytes are cut into packets, the same requests are read of them. */
class FoldedLinesTest {
  private static final String PLAIN = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String BODY =
      "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n\r\n x\r\n\r\n y";
  private static final String FOLDED = "GET /c HTTP/1.1\r\nHost: h\r\nX-A: 1\r\n 2\r\n\r\n";

  static IntStream cuts() {
    return IntStream.range(0, (PLAIN + BODY + PLAIN).length());
  }

  @ParameterizedTest(name = "cut at {0}")
  @MethodSource("cuts")
  void lawfulRequestsPass(int cut) {
    assertThat(read(PLAIN + BODY + PLAIN, cut))
        .containsExactly("/a", "/b", "\r\n x\r\n\r\n y", "/a");
  }

  static IntStream foldedCuts() {
    return IntStream.range(0, (PLAIN + FOLDED).length());
  }

  @ParameterizedTest(name = "cut at {0}")
  @MethodSource("foldedCuts")
  void aFoldedLineIsFoundInTheHeadThatHasIt(int cut) {
    assertThat(read(PLAIN + FOLDED + PLAIN, cut))
        .containsExactly("/a", "a field is folded over lines");
  }

  private static List<String> read(String text, int cut) {
    RequestEnd end = new RequestEnd(Duration.ofSeconds(1));
    RequestGuard guard = new RequestGuard();
    EmbeddedChannel channel =
        new EmbeddedChannel(new FoldedLines(end, guard), new HttpRequestDecoder(), end, guard);
    for (String part : List.of(text.substring(0, cut), text.substring(cut))) {
      channel.writeInbound(Unpooled.copiedBuffer(part, US_ASCII));
    }
    List<String> seen = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
      if (message instanceof HttpRequest request) {
        seen.add(
            RejectedRequest.in(request.headers())
                .map(RejectedRequest::detail)
                .orElse(request.uri()));
      } else if (message instanceof HttpContent content) {
        body.append(content.content().toString(US_ASCII));
        if (body.toString().endsWith("y")) {
          seen.add(body.toString());
          body.setLength(0);
        }
      }
      ReferenceCountUtil.release(message);
    }
    channel.finishAndReleaseAll();
    return seen;
  }
}
