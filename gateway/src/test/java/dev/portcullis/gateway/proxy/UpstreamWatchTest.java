package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.proxy.ProxySettings.UpstreamTimeouts;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long an exchange with an upstream may stand still. */
class UpstreamWatchTest {
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new UpstreamWatch(
              new UpstreamTimeouts(
                  Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(300))));

  @BeforeEach
  void freezeTime() {
    channel.freezeTime();
  }

  @Test
  void aRequestThatIsNotAnsweredEndsAfterTheResponseTimeout() {
    request();
    after(29);
    assertThat(channel.isOpen()).isTrue();
    after(1);
    assertTimedOut();
  }

  @Test
  void aBodyOnItsWayIsProgress() {
    head();
    for (int i = 0; i < 10; i++) {
      after(20);
      channel.writeOutbound(new DefaultHttpContent(Unpooled.buffer()));
    }
    assertThat(channel.isOpen()).isTrue();
    end();
    after(30);
    assertTimedOut();
  }

  @Test
  void aBodyThatItsClientHoldsBackIsNotHeldAgainstTheUpstream() {
    head();
    after(1000);
    assertThat(channel.isOpen()).isTrue();
    end();
    after(29);
    assertThat(channel.isOpen()).isTrue();
    after(1);
    assertTimedOut();
  }

  @Test
  void aResponseThatStandsStillEndsAfterTheIdleTimeout() {
    request();
    after(10);
    response(HttpResponseStatus.OK);
    after(299);
    assertThat(channel.isOpen()).isTrue();
    after(1);
    assertTimedOut();
  }

  @Test
  void aConnectionBetweenRequestsIsNotWatched() {
    request();
    response(HttpResponseStatus.OK);
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    after(1000);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void theNextRequestIsWatchedByItsOwnTimeout() {
    request();
    response(HttpResponseStatus.OK);
    after(100);
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    request();
    after(30);
    assertTimedOut();
  }

  @Test
  void anInterimResponseIsDroppedWithWhatEndsIt() {
    request();
    response(HttpResponseStatus.EARLY_HINTS);
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(channel.<Object>readInbound()).isNull();
    response(HttpResponseStatus.OK);
    assertThat(channel.<Object>readInbound()).isNotNull();
  }

  private void request() {
    head();
    end();
  }

  private void end() {
    channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private void head() {
    channel.writeOutbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
  }

  private void response(HttpResponseStatus status) {
    channel.writeInbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  private void after(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
  }

  private void assertTimedOut() {
    Assertions.assertThatExceptionOfType(ReadTimeoutException.class)
        .isThrownBy(channel::checkException);
    assertThat(channel.isOpen()).isFalse();
  }
}
