package dev.portcullis.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.FakeTicker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class StoreClockTest {
  private static final Instant LOCAL = Instant.parse("2026-06-01T12:00:00.5Z");
  private static final Instant REDIS = Instant.parse("2026-06-01T13:00:00.25Z");

  private final FakeTicker ticker = new FakeTicker();
  private final StoreClock clock = new StoreClock(InstantSource.fixed(LOCAL), ticker);

  /** Redis shows this time, and the answer comes after that long; the way there takes as long. */
  private void read(Instant shown, Duration roundTrip) {
    long sent = ticker.read();
    ticker.advance(roundTrip);
    clock.learn(sent, ChronoUnit.NANOS.between(Instant.EPOCH, shown), ticker.read());
  }

  private Instant now() {
    return Instant.EPOCH.plusNanos(clock.currentTimeNanos());
  }

  @Test
  void isThisMachinesClockUntilRedisIsAsked() {
    assertThat(now()).isEqualTo(LOCAL);
  }

  @Test
  void isRedisClockOnceRedisIsAsked() {
    read(REDIS, Duration.ZERO);
    assertThat(now()).isEqualTo(REDIS);
  }

  @Test
  void takesTheWayBackIntoAccount() {
    read(REDIS, Duration.ofMillis(10));
    assertThat(now()).isEqualTo(REDIS.plusMillis(5));
  }

  @Test
  void goesOnBetweenTwoReadings() {
    read(REDIS, Duration.ZERO);
    ticker.advance(Duration.ofMillis(1234));
    assertThat(now()).isEqualTo(REDIS.plusMillis(1234));
  }

  @Test
  void followsAReadingThatIsAsExact() {
    read(REDIS, Duration.ofMillis(2));
    ticker.advance(Duration.ofSeconds(1));
    read(REDIS.plusSeconds(1).plusMillis(3), Duration.ofMillis(2));
    assertThat(now()).isEqualTo(REDIS.plusSeconds(1).plusMillis(4));
  }

  @Test
  void ignoresALessExactReading() {
    read(REDIS, Duration.ofMillis(2));
    read(REDIS.plusMillis(30), Duration.ofMillis(100));
    assertThat(now()).isEqualTo(REDIS.plusMillis(101));
  }

  @Test
  void followsALessExactReadingOnceTheBetterOneIsOld() {
    read(REDIS, Duration.ofMillis(2));
    ticker.advance(Duration.ofMinutes(5));
    read(REDIS.plus(Duration.ofMinutes(5)).plusMillis(30), Duration.ofMillis(100));
    assertThat(now()).isEqualTo(REDIS.plus(Duration.ofMinutes(5)).plusMillis(80));
  }

  @Test
  void noticesThatRedisClockWasSet() {
    read(REDIS, Duration.ofMillis(2));
    read(REDIS.minusSeconds(60), Duration.ofMillis(100));
    assertThat(now()).isEqualTo(REDIS.minusSeconds(60).plusMillis(50));
  }
}
