package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.limit.TestLimits.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.limit.BucketKey;
import dev.portcullis.gateway.limit.Withdrawal;
import dev.portcullis.gateway.limit.Withdrawal.Taken;
import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Counts over a store that goes away and comes back, by gateways whose clocks disagree. */
@Timeout(60)
class BucketOutageTest {
  private static final BucketKey KEY = key("100 per hour", "1000 per day");

  private final RedisProcess redis;
  private final TcpProxy wire;
  private final RedisStore store;

  BucketOutageTest(@TempDir Path temp) {
    redis = RedisProcess.start(temp, "appendonly no");
    wire = new TcpProxy(redis.port());
    store = TestStores.through(wire);
  }

  @BeforeEach
  void countOne() {
    assertThat(take().permits()).isEqualTo(1);
  }

  @AfterEach
  void stop() {
    store.close();
    wire.close();
    redis.close();
  }

  private Withdrawal ask() {
    return Answers.of(store.buckets().take(KEY, 1));
  }

  private Taken take() {
    return taken(ask());
  }

  private static Taken taken(Withdrawal withdrawal) {
    if (withdrawal instanceof Taken taken) {
      return taken;
    }
    throw new AssertionError("not taken, but " + withdrawal);
  }

  /**
   * The best of three, for a busy machine may hold up any of them; all asked for at once, for later
   * ones may find that the connection was given up.
   */
  private void assertUnavailableWithin(Duration most) {
    long began = System.nanoTime();
    List<CompletableFuture<Duration>> times =
        Stream.generate(() -> store.buckets().take(KEY, 1))
            .limit(3)
            .map(
                asked ->
                    asked
                        .thenApply(
                            withdrawal -> {
                              assertThat(withdrawal).isInstanceOf(Withdrawal.Unavailable.class);
                              return Duration.ofNanos(System.nanoTime() - began);
                            })
                        .toCompletableFuture())
            .toList();
    assertThat(times.stream().map(Answers::of).min(Comparator.naturalOrder()).orElseThrow())
        .isLessThanOrEqualTo(most);
  }

  private Taken awaitTaken() {
    return taken(
        await()
            .pollInterval(Duration.ofMillis(5))
            .atMost(Duration.ofSeconds(3))
            .until(this::ask, Taken.class::isInstance));
  }

  @Test
  void isUnavailableAtOnceWhileRedisIsGoneAndThenBeginsFull() {
    redis.kill();
    wire.closeAll();
    await().pollInterval(Duration.ofMillis(5)).until(() -> !store.isUp());
    assertUnavailableWithin(Duration.ofMillis(50));
    Answers.of(store.buckets().giveBack(KEY, 1));
    redis.resume();
    assertThat(awaitTaken().left()).containsExactly(99L, 999L);
  }

  @Test
  void isUnavailableInTimeInABlackHoleAndThenCountsOn() {
    wire.swallow();
    assertUnavailableWithin(TestStores.TIMEOUT.plusMillis(50));
    wire.release();
    assertThat(awaitTaken().left()).containsExactly(98L, 998L);
  }

  @Test
  void isUnavailableInTimeWhileRedisIsFrozenAndThenCountsOn() {
    redis.freeze();
    assertUnavailableWithin(TestStores.TIMEOUT.plusMillis(50));
    redis.thaw();
    // What was asked for in vain may have been counted, or not.
    assertThat(awaitTaken().left().getLast()).isBetween(995L, 998L);
  }

  @Test
  void isUnavailableWhenTheConnectionEndsInTheMiddleOfAnAnswer() {
    wire.holdAnswers();
    CompletionStage<Withdrawal> asked = store.buckets().take(KEY, 1);
    wire.closeAll();
    wire.release();
    assertThat(Answers.of(asked)).isInstanceOf(Withdrawal.Unavailable.class);
    assertThat(awaitTaken().left().getLast()).isBetween(997L, 998L);
  }

  @Test
  void isUnavailableWhileRedisTakesNoWrites() {
    redis.run("CONFIG", "SET", "maxmemory", "1");
    assertThat(ask()).isInstanceOf(Withdrawal.Unavailable.class);
    redis.run("CONFIG", "SET", "maxmemory", "0");
    assertThat(take().left()).containsExactly(98L, 998L);
  }

  @Test
  void goesByTheClockOfRedisWhateverItsOwnSays() {
    try (RedisStore early = withClock(Duration.ofDays(-3));
        RedisStore late = withClock(Duration.ofDays(3))) {
      Instant before = redisTime();
      Taken first = taken(Answers.of(early.buckets().take(KEY, 10)));
      Taken second = taken(Answers.of(late.buckets().take(KEY, 10)));
      Taken third = taken(Answers.of(early.buckets().take(KEY, 10)));
      assertThat(first.left()).containsExactly(89L, 989L);
      assertThat(second.left()).containsExactly(79L, 979L);
      assertThat(third.left()).containsExactly(69L, 969L);
      Instant after = redisTime();
      assertThat(List.of(first.at(), second.at(), third.at()))
          .allSatisfy(at -> assertThat(at).isBetween(before.minusMillis(50), after.plusMillis(50)));
    }
  }

  private RedisStore withClock(Duration fast) {
    return TestStores.connected(
        new RedisStore(
            redis.uri(),
            TestStores.settings(Optional.empty()),
            TestTokens.ring(),
            Clock.offset(Clock.systemUTC(), fast),
            new StoreMeters(new SimpleMeterRegistry())));
  }

  private Instant redisTime() {
    String[] time = redis.run("TIME").split(" ", -1);
    return Instant.ofEpochSecond(Long.parseLong(time[0]), Long.parseLong(time[1]) * 1000);
  }
}
