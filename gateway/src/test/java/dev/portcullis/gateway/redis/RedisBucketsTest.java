package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.limit.TestLimits.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.limit.BucketKey;
import dev.portcullis.gateway.limit.BucketStore;
import dev.portcullis.gateway.limit.BucketStoreContract;
import dev.portcullis.gateway.limit.Withdrawal;
import dev.portcullis.gateway.token.Answers;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RedisBucketsTest extends BucketStoreContract {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final BucketKey KEY = key("5 per day");
  private static final String NAME = "{portcullis}:bucket:own|token|5/day||ada";

  private final StillClock clock = new StillClock();
  private final RedisProcess redis = SharedRedis.emptied();
  private final TestBuckets one = new TestBuckets(redis.uri(), clock, PATIENCE);
  private final TestBuckets other = new TestBuckets(redis.uri(), clock, PATIENCE);

  private static final class StillClock implements TimeMeter {
    private volatile Instant now = Instant.parse("2026-06-01T12:00:00.123456789Z");

    @Override
    public long currentTimeNanos() {
      return ChronoUnit.NANOS.between(Instant.EPOCH, now);
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  @BeforeEach
  void loadNoScripts() {
    redis.run("SCRIPT", "FLUSH");
    redis.run("CONFIG", "RESETSTAT");
  }

  @AfterEach
  void disconnect() {
    one.close();
    other.close();
  }

  @Override
  protected BucketStore store() {
    return one.store();
  }

  @Override
  protected BucketStore ofAnotherGateway() {
    return other.store();
  }

  @Override
  protected Instant now() {
    return clock.now;
  }

  @Override
  protected void advance(Duration by) {
    clock.now = clock.now.plus(by);
  }

  @Override
  protected void breakDown() {
    one.close();
  }

  private long secondsKept() {
    return Long.parseLong(redis.run("TTL", NAME));
  }

  @Test
  void keepsACountUntilTenSecondsAfterMidnight() {
    take(KEY, 1);
    assertThat(secondsKept()).isBetween(12 * 3600L, 12 * 3600L + 10);
    advance(Duration.ofHours(11));
    take(KEY, 1);
    assertThat(secondsKept()).isBetween(3600L, 3610L);
  }

  @Test
  void forgetsABucketThatIsFullAgain() {
    take(KEY, 2);
    Answers.of(store().giveBack(KEY, 2));
    assertThat(secondsKept()).isBetween(1L, 10L);
  }

  @ParameterizedTest
  @CsvSource({"10 per second, 11", "600 per minute, 11", "60 per minute, 20", "3600 per hour, 20"})
  void keepsACountUntilTenSecondsAfterItIsFull(String words, long seconds) {
    BucketKey key = key(words);
    take(key, 10);
    String name = redis.run("KEYS", "*");
    assertThat(Long.parseLong(redis.run("PTTL", name)))
        .isBetween((seconds - 1) * 1000, seconds * 1000);
  }

  @Test
  void makesNoBucketThatNothingIsTakenFrom() {
    take(KEY, 0);
    Answers.of(store().giveBack(KEY, 1));
    assertThat(redis.run("KEYS", "*")).isEmpty();
  }

  @Test
  void takesWithOneReadAndOneWrite() {
    take(KEY, 1);
    redis.run("CONFIG", "RESETSTAT");
    take(KEY, 1);
    assertThat(redis.calls("evalsha")).isEqualTo(1);
    assertThat(redis.calls("eval")).isZero();
    assertThat(redis.calls("set")).isEqualTo(1);
    assertThat(redis.calls("get")).isEqualTo(1 + 2); // one by the gateway, two by the script
  }

  @Test
  void writesNothingWhenItRefuses() {
    take(KEY, 5);
    redis.run("CONFIG", "RESETSTAT");
    take(KEY, 1);
    take(KEY, 0);
    assertThat(redis.calls("evalsha")).isZero();
    assertThat(redis.calls("get")).isEqualTo(2);
  }

  @Test
  void sendsAScriptWholeOnceRedisHasForgottenIt() {
    take(KEY, 1);
    redis.run("SCRIPT", "FLUSH");
    redis.run("CONFIG", "RESETSTAT");
    assertThat(take(KEY, 1).left()).containsExactly(3L);
    assertThat(redis.calls("eval")).isEqualTo(1);
  }

  @Test
  void cannotCountWhereAnotherProgramKeepsAList() {
    redis.run("LPUSH", NAME, "x");
    assertUnusable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "\u0000\u0000\u0000\u0007"})
  void cannotCountWhereAnotherProgramWroteSomethingElse(String value) {
    redis.run("SET", NAME, value);
    assertUnusable();
  }

  @Test
  void cannotCountByAStateOfALaterVersion() {
    take(KEY, 1);
    redis.run(
        "EVAL",
        "redis.call('SET', KEYS[1], '\\1' .. string.sub(redis.call('GET', KEYS[1]), 2))",
        "1",
        NAME);
    assertUnusable();
  }

  private void assertUnusable() {
    assertThat(Answers.of(store().take(KEY, 1))).isInstanceOf(Withdrawal.Unavailable.class);
    assertThat(Answers.of(store().take(KEY, 0))).isInstanceOf(Withdrawal.Unavailable.class);
    Answers.of(store().giveBack(KEY, 1));
    assertThat(take(key("6 per day"), 1).permits()).isEqualTo(1);
    redis.run("DEL", NAME);
    assertThat(take(KEY, 1).permits()).isEqualTo(1);
  }

  @Test
  void cannotCountByAStateOfOtherLimits() {
    take(key("10 per second", "5 per day"), 1);
    redis.run("RENAME", redis.run("KEYS", "*"), NAME);
    assertUnusable();
  }

  @Test
  void complainsOnceOfWhatItCannotUse(CapturedOutput output) {
    redis.run("SET", NAME, "a-value-that-another-program-wrote");
    for (int i = 0; i < 3; i++) {
      Answers.of(store().take(KEY, 1));
    }
    assertThat(output.getAll().split("The count ", -1)).hasSize(2);
    assertThat(output).contains(NAME).doesNotContain("a-value-that-another-program-wrote");
  }

  @Test
  void countsItsAnswers() {
    take(KEY, 9);
    take(KEY, 9);
    breakDown();
    Answers.of(store().take(KEY, 1));
    assertThat(one.answered("taken")).isEqualTo(2);
    assertThat(one.answered("unavailable")).isEqualTo(1);
  }
}
