package dev.portcullis.gateway.assertion;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.token.PepperRing;
import java.time.Duration;
import java.time.InstantSource;

/** Assertions for tests of what is around them. */
public final class TestAssertions {
  private TestAssertions() {}

  /** Those of a gateway with these peppers, by the time of this machine. */
  public static Assertions of(PepperRing peppers) {
    InstantSource clock = InstantSource.system();
    return new Assertions(
        "portcullis",
        new KeyRing(peppers, Duration.ofDays(1), clock),
        clock,
        Ticker.systemTicker());
  }
}
