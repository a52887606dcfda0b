package dev.portcullis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.LimitSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is admitted, and what each count has of it. */
class RateLimiterTest extends LimiterKit {

  @Test
  void admitsAsManyAsTheLimitSaysAndTellsHowLongToWait() {
    List<BucketKey> keys = keys("3 per minute");
    for (long left = 2; left >= 0; left--) {
      assertThat(admitted(admit(keys)).remaining()).isEqualTo(left);
    }
    assertThat(exceeded(admit(keys)).reset()).isEqualTo(Duration.ofSeconds(20));
    pass(Duration.ofSeconds(20));
    admitted(admit(keys));
    exceeded(admit(keys));
  }

  @Test
  void beginsAQuotaAnewAtMidnight() {
    List<BucketKey> keys = keys("2 per day");
    admit(keys);
    assertThat(admitted(admit(keys)).reset()).as("it is noon").isEqualTo(Duration.ofHours(12));
    assertThat(exceeded(admit(keys)).reset()).isEqualTo(Duration.ofHours(12));
    pass(Duration.ofHours(12).minusMillis(1));
    exceeded(admit(keys));
    pass(Duration.ofSeconds(2));
    assertThat(admitted(admit(keys)).remaining()).isEqualTo(1);
  }

  @Test
  void countsEachSubjectByItself() {
    BucketKey one = new BucketKey(TestLimits.set("1 per minute"), "one");
    BucketKey other = new BucketKey(TestLimits.set("1 per minute"), "other");
    admitted(admit(List.of(one)));
    admitted(admit(List.of(other)));
    exceeded(admit(List.of(one)));
  }

  @Test
  void doesNotAskWhereNothingIsCounted() {
    assertThat(admit(List.of())).isEqualTo(Verdict.UNLIMITED);
    assertThat(admit(keys("1 per minute"), 0)).isEqualTo(Verdict.UNLIMITED);
    assertThat(buckets.calls()).isZero();
  }

  @Test
  void countsARequestForAsManyAsItCosts() {
    List<BucketKey> keys = keys("10 per minute");
    assertThat(admitted(admit(keys, 7)).remaining()).isEqualTo(3);
    Standing refused = exceeded(admit(keys, 5));
    assertThat(refused.remaining()).isEqualTo(3);
    assertThat(refused.reset()).isEqualTo(Duration.ofSeconds(12));
    assertThat(admitted(admit(keys, 3)).remaining()).as("a cheaper one").isZero();
  }

  @Test
  void countsNowhereWhatOneOfSeveralCountsRefuses() {
    List<BucketKey> keys = keys("10 per minute", "2 per minute per organization");
    admit(keys);
    admit(keys);
    for (int i = 0; i < 50; i++) {
      assertThat(exceeded(admit(keys)).limit().name()).isEqualTo("api-organization-minute");
    }
    assertThat(buckets.calls()).as("the first refusal is remembered").isEqualTo(6);
    assertThat(left(keys.getFirst())).containsExactly(8L);
  }

  @Test
  void countsInNoWindowWhatOneOfSeveralWindowsRefuses() {
    BucketKey key = key("2 per second", "100 per day");
    for (int i = 0; i < 50; i++) {
      admit(List.of(key));
    }
    assertThat(left(key)).containsExactly(0L, 98L);
  }

  @Test
  void tellsOfTheLimitOfWhichLeastRemains() {
    List<BucketKey> keys = keys("10 per second", "4 per day per principal");
    assertThat(admitted(admit(keys)).limit().name()).isEqualTo("api-principal-day");
    BucketKey both = key("10 per minute", "9 per day");
    assertThat(admitted(admit(List.of(both))).limit().name()).isEqualTo("api-token-day");
  }

  @Test
  void tellsOfTheLimitThatKeepsARefusedRequestWaitingLongest() {
    BucketKey key = key("1 per second", "1 per hour");
    admit(List.of(key));
    Standing standing = exceeded(admit(List.of(key)));
    assertThat(standing.limit().name()).isEqualTo("api-token-hour");
    assertThat(standing.reset()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void asksTheStoreOnceForAllWhoWait() {
    List<BucketKey> keys = keys("5 per minute");
    buckets.hold();
    List<CompletionStage<Verdict>> all =
        IntStream.range(0, 100).mapToObj(i -> limiter.admit(keys, 1, PATIENCE)).toList();
    buckets.release();
    assertThat(all.stream().map(LimiterKit::now).filter(Verdict.Admitted.class::isInstance))
        .hasSize(5);
    assertThat(buckets.calls()).isEqualTo(2);
  }

  @Test
  void asksNobodyAboutABucketThatIsKnownToBeEmpty() {
    List<BucketKey> keys = keys("1 per minute");
    admit(keys);
    exceeded(admit(keys));
    int calls = buckets.calls();
    for (int i = 0; i < 100; i++) {
      exceeded(admit(keys));
    }
    assertThat(buckets.calls()).isEqualTo(calls);
    buckets.giveBack(keys.getFirst(), 1);
    pass(Duration.ofSeconds(1));
    admitted(admit(keys));
  }

  @Test
  void refusesOrLetsPassAsEachLimitSaysWhileTheStoreIsGone() {
    List<BucketKey> denying = keys("10 per minute");
    List<BucketKey> allowing = keys("{limit: 10 per minute per principal, on-outage: allow}");
    List<BucketKey> both = List.of(allowing.getFirst(), denying.getFirst());
    admit(both);
    buckets.breakDown();
    assertThat(admit(denying)).isInstanceOf(Verdict.Unavailable.class);
    assertThat(admit(allowing)).isEqualTo(new Verdict.Admitted(Optional.empty(), true));
    assertThat(admit(both)).isInstanceOf(Verdict.Unavailable.class);
    buckets.recover();
    assertThat(admitted(admit(both)).remaining()).isEqualTo(8);
  }

  @Test
  void waitsForAStoreThatIsSilentNoLongerThanToldAndLosesNoPermit() {
    List<BucketKey> keys = keys("10 per minute");
    buckets.hold();
    CompletionStage<Verdict> asked = limiter.admit(keys, 4, 1_000_000);
    assertThat(asked)
        .succeedsWithin(Duration.ofSeconds(10))
        .isInstanceOf(Verdict.Unavailable.class);
    buckets.release();
    assertThat(left(keys.getFirst())).containsExactly(10L);
  }

  @Test
  void tellsWhatItWouldDoAndCountsNothing() {
    List<BucketKey> keys = keys("2 per minute", "9 per day per principal");
    for (int i = 0; i < 5; i++) {
      assertThat(admitted(now(limiter.estimate(keys, 1))).remaining()).isEqualTo(2);
    }
    admit(keys);
    admit(keys);
    assertThat(exceeded(now(limiter.estimate(keys, 1))).reset()).isEqualTo(Duration.ofSeconds(30));
    buckets.breakDown();
    assertThat(now(limiter.estimate(keys, 1))).isInstanceOf(Verdict.Unavailable.class);
    assertThat(now(limiter.estimate(keys, 0))).isEqualTo(Verdict.UNLIMITED);
  }

  @Test
  void remembersABoundedNumberOfBuckets() {
    LimitSet set = TestLimits.set("1 per day");
    RateLimiter small = new RateLimiter(buckets, 10, ticker);
    for (int i = 0; i < 10_000; i++) {
      small.admit(List.of(new BucketKey(set, "s" + i)), 1, PATIENCE);
    }
    assertThat(small.size()).isLessThanOrEqualTo(10);
  }

  @Test
  void tellsALimitByTheNameThatItHasNow() {
    admit(List.of(key("{limit: 10 per minute, name: old}")));
    Standing standing = admitted(admit(List.of(key("{limit: 10 per minute, name: new}"))));
    assertThat(standing.limit().name()).isEqualTo("new");
    assertThat(standing.remaining()).as("the count is the same").isEqualTo(8);
  }

  @Test
  void asksNobodyForMoreThanALimitEverAdmitsAtOnce() {
    BucketKey key = key("10 per minute", "3 per hour");
    assertThat(exceeded(admit(List.of(key), 4)).limit().name()).isEqualTo("api-token-hour");
    assertThat(buckets.calls()).isZero();
  }

  @Test
  void goesOnAfterAStoreThatThrew() {
    boolean[] broken = {true};
    BucketStore throwing =
        new BucketStore() {
          @Override
          public CompletionStage<Withdrawal> take(BucketKey key, long permits) {
            if (broken[0]) {
              throw new IllegalArgumentException("broken");
            }
            return buckets.take(key, permits);
          }

          @Override
          public CompletionStage<Void> giveBack(BucketKey key, long permits) {
            return buckets.giveBack(key, permits);
          }
        };
    RateLimiter careful = new RateLimiter(throwing, 100, ticker);
    List<BucketKey> keys = keys("10 per minute");
    assertThat(now(careful.admit(keys, 1, PATIENCE))).isInstanceOf(Verdict.Unavailable.class);
    broken[0] = false;
    admitted(now(careful.admit(keys, 1, PATIENCE)));
  }
}
