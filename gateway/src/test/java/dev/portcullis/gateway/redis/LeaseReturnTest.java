package dev.portcullis.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.limit.BucketKey;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.limit.TestLimits;
import dev.portcullis.gateway.limit.Withdrawal;
import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A gateway that stops in good order leaves nothing of a quota unused. */
class LeaseReturnTest {
  private static final int SUBJECTS = 100;
  private static final int REQUESTS = 8;
  private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

  private final RedisProcess redis = SharedRedis.emptied();
  private final List<BucketKey> keys =
      IntStream.range(0, SUBJECTS)
          .mapToObj(
              i -> new BucketKey(TestLimits.key("5000 per day leased").limits(), "subject-" + i))
          .toList();

  private RedisStore store() {
    return TestStores.connected(
        new RedisStore(
            redis.uri(),
            TestStores.settings(Optional.empty()),
            TestTokens.ring(),
            InstantSource.system(),
            new StoreMeters(new SimpleMeterRegistry())));
  }

  private static long left(RedisStore store, BucketKey key) {
    Withdrawal looked = Answers.of(store.buckets().take(key, 0));
    assertThat(looked).isInstanceOf(Withdrawal.Taken.class);
    return ((Withdrawal.Taken) looked).left().getFirst();
  }

  @Test
  void givesBackAllThatItTookAheadBeforeItsConnectionCloses() {
    try (RedisStore store = store();
        RateLimiter limiter = new RateLimiter(store.buckets(), 1_000, Ticker.systemTicker())) {
      for (BucketKey key : keys) {
        for (int i = 0; i < REQUESTS; i++) {
          Answers.of(limiter.admit(List.of(key), 1, PATIENCE));
        }
      }
      assertThat(keys).anyMatch(key -> left(store, key) < 5_000 - REQUESTS);
    }
    try (RedisStore another = store()) {
      assertThat(keys).allMatch(key -> left(another, key) == 5_000 - REQUESTS);
    }
  }
}
