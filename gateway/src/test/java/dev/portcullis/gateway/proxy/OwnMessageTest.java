package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Answer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer as the one message that is written, and counted. */
class OwnMessageTest {
  private static final Answer ANSWER = new Answer(401, List.of(), "{}");

  @ParameterizedTest
  @CsvSource({"GET, 2", "POST, 2", "HEAD, 0"})
  void tellsTheLengthOfItsBodyAndHasNoneForHead(String method, int length) {
    Inbound inbound =
        Inbound.of(
            new EmbeddedChannel(),
            new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), "/"),
            ProxySettings.DEFAULT.trustedProxies());
    FullHttpResponse message = OwnMessage.of(ANSWER, inbound, OutgoingFields.none());
    assertThat(message.headers().get("Content-Length")).isEqualTo("2");
    assertThat(message.content().readableBytes()).isEqualTo(length);
  }
}
