package dev.portcullis.gateway.decision;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.limit.BucketStore;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TokenStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Chains for tests of what is around them. */
public final class TestChains {
  private TestChains() {}

  /** One that lets any number of authentications fail, and counts here. */
  public static AuthChain of(
      PepperRing ring, TokenStore store, BucketStore buckets, InstantSource clock) {
    Ticker ticker = Ticker.systemTicker();
    return new AuthChain(
        new TokenSources(ring, store, ForeignTokens.NONE),
        new RateLimiter(buckets, RateLimiter.DEFAULT_SIZE, ticker),
        new FailureThrottle(Optional.empty(), FailureThrottle.DEFAULT_SIZE, ticker),
        ExposedTokens.IGNORED,
        Duration.ofSeconds(30),
        clock,
        ticker::read);
  }
}
