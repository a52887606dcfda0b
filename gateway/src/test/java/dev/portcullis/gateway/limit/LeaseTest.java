package dev.portcullis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Permits that gateways take ahead: fewer questions, and never a request too many. */
class LeaseTest extends LimiterKit {

  @Test
  void asksTheStoreFarLessOftenThanItAdmits() {
    List<BucketKey> keys = keys("1000 per second leased");
    for (int i = 0; i < 10_000; i++) {
      pass(Duration.ofMillis(1));
      admitted(admit(keys));
    }
    assertThat(buckets.calls()).isLessThan(250);
  }

  @Test
  void asksTheStoreSeldomAboutABucketThatIsEmpty() {
    List<BucketKey> keys = keys("1000 per second leased");
    int admitted = 0;
    for (int i = 0; i < 100_000; i++) {
      pass(Duration.ofNanos(100_000));
      admitted += admit(keys) instanceof Verdict.Admitted ? 1 : 0;
    }
    assertThat(admitted).as("of 10 s").isBetween(9_500, 11_000);
    assertThat(buckets.calls()).isLessThan(220);
  }

  /**
   * Three gateways, asked steadily, not at all, or all at once; what they admit is held against a
   * bucket that each request is taken from when it is admitted.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000 per second leased",
        "1000 per minute leased",
        "{limit: 1000 per second leased, burst: 100}",
        "{limit: 100 per second leased, burst: 1000}",
        "25 per second leased",
        "10 per second leased",
        "100 per second"
      })
  void neverAdmitsMoreThanTheLimitInAnyStretchOfTime(String limit) {
    BucketKey key = key(limit);
    double burst = key.limits().limits().getFirst().burst();
    double perNano = 1e9 / key.limits().limits().getFirst().timeFor(1_000_000_000).toNanos();
    List<RateLimiter> gateways = Stream.generate(this::limiter).limit(3).toList();
    Random random = new Random(7);
    double level = burst;
    for (int phase = 0; phase < 600; phase++) {
      boolean steady = random.nextBoolean();
      long between = steady ? (long) (1 / perNano) : 0;
      long pause = random.nextLong((long) (burst / perNano / 8));
      pass(Duration.ofNanos(pause));
      level = Math.min(burst, level + pause * perNano);
      for (int i = 0; i < (steady ? 100 : 3 * burst); i++) {
        pass(Duration.ofNanos(between));
        level = Math.min(burst, level + between * perNano);
        RateLimiter gateway = gateways.get(steady ? 0 : i % 3);
        if (now(gateway.admit(List.of(key), 1, PATIENCE)) instanceof Verdict.Admitted) {
          level -= 1;
        }
        assertThat(level).as("in phase %d", phase).isGreaterThan(-0.01);
      }
    }
  }

  @Test
  void losesNoPermitThatIsTooLittleForOneRequest() {
    List<BucketKey> keys = keys("1000 per hour leased");
    long admitted = 0;
    while (admit(keys, 7) instanceof Verdict.Admitted) {
      admitted += 7;
    }
    assertThat(admitted).as("of 997").isGreaterThan(990);
  }

  @Test
  void usesUpTheLeaseOfABucketThatRanShortAlsoBesideAnotherLimit() {
    List<BucketKey> keys = keys("1000 per hour leased", "5000 per hour per principal");
    long admitted = 0;
    while (admit(keys) instanceof Verdict.Admitted) {
      admitted++;
    }
    assertThat(admitted).isEqualTo(997);
  }

  @Test
  void givesBackWhatItDidNotUseOfAQuota() {
    BucketKey key = key("5000 per day leased");
    for (int i = 0; i < 200; i++) {
      admitted(admit(List.of(key)));
    }
    assertThat(left(key).getFirst()).as("some is taken ahead").isLessThan(4_800L);
    limiter.close();
    assertThat(left(key)).containsExactly(4_800L);
  }

  @Test
  void carriesNoPermitOfAQuotaOverMidnight() {
    BucketKey key = key("5000 per day leased");
    pass(Duration.ofHours(12).minusSeconds(1));
    long today = 0;
    while (admit(List.of(key)) instanceof Verdict.Admitted) {
      today++;
      if (today == 120) {
        break;
      }
    }
    pass(Duration.ofSeconds(2));
    long tomorrow = 0;
    while (admit(List.of(key)) instanceof Verdict.Admitted) {
      tomorrow++;
    }
    assertThat(tomorrow).isEqualTo(5_000);
  }

  @Test
  void countsARequestThatAnotherLimitRefusesInNoLease() {
    List<BucketKey> keys = keys("1000 per second leased", "1 per day per organization");
    admit(keys);
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(11));
      exceeded(admit(keys));
    }
    pass(Duration.ofSeconds(1));
    assertThat(left(keys.getFirst())).containsExactly(900L);
  }

  @Test
  void goesOnWithALeaseWhileTheStoreIsGoneUntilItEnds() {
    List<BucketKey> keys = keys("1000 per minute leased");
    for (int i = 0; i < 21; i++) {
      admitted(admit(keys));
    }
    buckets.breakDown();
    admitted(admit(keys));
    pass(Duration.ofSeconds(7));
    assertThat(admit(keys)).isInstanceOf(Verdict.Unavailable.class);
  }

  @Test
  void keepsALeaseWholeWhileAnotherLimitCannotBeCounted() {
    List<BucketKey> keys = keys("5000 per day leased", "1000 per minute per principal");
    for (int i = 0; i < 100; i++) {
      admitted(admit(keys));
    }
    buckets.breakDown();
    for (int i = 0; i < 100; i++) {
      assertThat(admit(keys)).isInstanceOf(Verdict.Unavailable.class);
    }
    buckets.recover();
    limiter.close();
    assertThat(left(keys.getFirst())).containsExactly(4_900L);
  }
}
