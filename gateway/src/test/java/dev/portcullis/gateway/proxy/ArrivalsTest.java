package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.trace.Tracing;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What comes of a request where the gateway itself fails. */
class ArrivalsTest extends DataPlaneKit {

  @Test
  void whatFailsUnexpectedlyIsAnArrivalLikeAnyOther() {
    AtomicInteger reads = new AtomicInteger();
    Arrivals arrivals = arrivals(() -> 1 / (1 - reads.getAndIncrement()));
    Passage passage =
        arrivals.begin(
            new EmbeddedChannel(),
            new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/api/x"));
    assertThat(arrivals.receive(passage)).isInstanceOf(Arrival.Failed.class);
  }

  private Arrivals arrivals(Ticker ticker) {
    return new Arrivals(
        gateway.bean(ActivePolicies.class),
        ProxySettings.DEFAULT.trustedProxies(),
        gateway.bean(AuthChain.class),
        List.of(),
        Tracing.OFF,
        ticker);
  }
}
