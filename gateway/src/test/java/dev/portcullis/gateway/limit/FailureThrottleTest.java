package dev.portcullis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.FakeTicker;
import dev.portcullis.policy.Limit;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureThrottleTest {
  private static final Optional<ClientNetwork> HERE = network("192.0.2.1");
  private static final Optional<ClientNetwork> THERE = network("192.0.2.2");

  private final FakeTicker ticker = new FakeTicker();
  private final FailureThrottle throttle = throttle(1_000);

  private FailureThrottle throttle(int size) {
    return new FailureThrottle(Optional.of(Limit.parse("3 per minute")), size, ticker);
  }

  private static Optional<ClientNetwork> network(String address) {
    return Optional.of(ClientNetwork.of(InetAddress.ofLiteral(address)));
  }

  private void fail(int times, Optional<ClientNetwork> network) {
    for (int i = 0; i < times; i++) {
      throttle.failed(network, Optional.empty());
    }
  }

  @Test
  void letsAsManyFailAsTheLimitSaysFromEachNetwork() {
    fail(2, HERE);
    assertThat(throttle.throttledFor(HERE)).isEmpty();
    fail(1, HERE);
    assertThat(throttle.throttledFor(HERE)).contains(Duration.ofSeconds(20));
    assertThat(throttle.throttledFor(THERE)).isEmpty();
  }

  @Test
  void forgetsFailuresAsTimePasses() {
    fail(50, HERE);
    ticker.advance(Duration.ofSeconds(20));
    assertThat(throttle.throttledFor(HERE)).isEmpty();
    fail(1, HERE);
    assertThat(throttle.throttledFor(HERE)).isPresent();
    ticker.advance(Duration.ofMinutes(2));
    assertThat(throttle.throttledFor(HERE)).isEmpty();
    fail(2, HERE);
    assertThat(throttle.throttledFor(HERE)).isEmpty();
  }

  @Test
  void countsAllOfAnIpv6NetworkAsOne() {
    fail(3, network("2001:db8::1"));
    assertThat(throttle.throttledFor(network("2001:db8::ffff:2"))).isPresent();
    assertThat(throttle.throttledFor(network("2001:db8:0:1::1"))).isEmpty();
  }

  @Test
  void countsThoseWithoutAnAddressTogether() {
    fail(3, Optional.empty());
    assertThat(throttle.throttledFor(Optional.empty())).isPresent();
    assertThat(throttle.throttledFor(HERE)).isEmpty();
  }

  @Test
  void countsATokensFailuresByNetworkAndForTheNetwork() {
    for (int i = 0; i < 3; i++) {
      throttle.failed(HERE, Optional.of("t1"));
    }
    assertThat(throttle.throttledFor(HERE, "t1")).isPresent();
    assertThat(throttle.throttledFor(HERE)).isPresent();
    assertThat(throttle.throttledFor(HERE, "t2")).isEmpty();
    assertThat(throttle.throttledFor(THERE, "t1")).isEmpty();
  }

  @Test
  void remembersABoundedNumberOfSources() {
    FailureThrottle small = throttle(100);
    for (int i = 0; i < 20_000; i++) {
      small.failed(network("10.0." + (i >> 8) + "." + (i & 255)), Optional.of("t" + i));
    }
    assertThat(small.size()).isLessThanOrEqualTo(100);
  }

  @Test
  void letsAnyNumberFailWithoutALimit() {
    FailureThrottle open = new FailureThrottle(Optional.empty(), 1_000, ticker);
    for (int i = 0; i < 1_000; i++) {
      open.failed(HERE, Optional.empty());
    }
    assertThat(open.throttledFor(HERE)).isEmpty();
  }
}
