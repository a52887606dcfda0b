package dev.portcullis.gateway.limit;

import static dev.portcullis.gateway.limit.TestLimits.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.limit.Withdrawal.Taken;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.policy.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BucketStore} does. */
public abstract class BucketStoreContract {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /** The store, the same throughout a test. */
  protected abstract BucketStore store();

  /** As another gateway sees it; the same throughout a test. */
  protected abstract BucketStore ofAnotherGateway();

  /** The time by the store's clock, which stands still: some hour of some day before midnight. */
  protected abstract Instant now();

  /** Moves that clock on. */
  protected abstract void advance(Duration by);

  /** Makes the store fail to answer. */
  protected abstract void breakDown();

  /** What is given when it is asked for. */
  protected final Taken take(BucketKey key, long permits) {
    return taken(store(), key, permits);
  }

  private static Taken taken(BucketStore store, BucketKey key, long permits) {
    Withdrawal withdrawal = Answers.of(store.take(key, permits));
    if (withdrawal instanceof Taken taken) {
      return taken;
    }
    throw new AssertionError("not taken, but " + withdrawal);
  }

  private void advanceToMidnight(Duration less) {
    Instant midnight = now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    advance(Duration.between(now(), midnight).minus(less));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"7 per second", "7 per minute", "7 per hour", "7 per day", "7 per day leased"})
  void beginsFull(String words) {
    assertThat(take(key(words), 3)).isEqualTo(new Taken(3, List.of(4L), now()));
  }

  @Test
  void givesWhatThereIsWhenThatIsLess() {
    take(key("7 per minute"), 5);
    assertThat(take(key("7 per minute"), 5)).isEqualTo(new Taken(2, List.of(0L), now()));
    assertThat(take(key("7 per minute"), 5)).isEqualTo(new Taken(0, List.of(0L), now()));
  }

  @Test
  void admitsABurstAfterAPause() {
    BucketKey key = new BucketKey(TestLimits.set(Limit.parse("10 per second").bursting(25)), "ada");
    assertThat(take(key, 100).permits()).isEqualTo(25);
    advance(Duration.ofSeconds(1));
    assertThat(take(key, 100).permits()).isEqualTo(10);
    advance(Duration.ofSeconds(60));
    assertThat(take(key, 100).permits()).isEqualTo(25);
  }

  @Test
  void givesNoMoreThanTheScarcestOfSeveralLimits() {
    BucketKey key = key("10 per second", "100 per hour", "25 per day");
    assertThat(take(key, 20)).isEqualTo(new Taken(10, List.of(0L, 90L, 15L), now()));
    advance(Duration.ofSeconds(1));
    assertThat(take(key, 20).permits()).isEqualTo(10);
    advance(Duration.ofSeconds(1));
    assertThat(take(key, 20).permits()).isEqualTo(5);
  }

  @Test
  void countsByNoneWhatOneRefuses() {
    BucketKey key = key("10 per second", "5 per day");
    take(key, 5);
    assertThat(take(key, 1)).isEqualTo(new Taken(0, List.of(5L, 0L), now()));
    assertThat(take(key, 1)).isEqualTo(new Taken(0, List.of(5L, 0L), now()));
  }

  @Test
  void fillsSteadily() {
    BucketKey key = key("10 per second");
    take(key, 10);
    advance(Duration.ofMillis(99));
    assertThat(take(key, 1).permits()).isZero();
    advance(MILLISECOND);
    assertThat(take(key, 5).permits()).isEqualTo(1);
    advance(Duration.ofMillis(350));
    assertThat(take(key, 5).permits()).isEqualTo(3);
    advance(Duration.ofMillis(50));
    assertThat(take(key, 5).permits()).isEqualTo(1);
  }

  @Test
  void fillsNoFurtherThanFull() {
    BucketKey key = key("10 per second");
    take(key, 10);
    advance(Duration.ofHours(1));
    assertThat(take(key, 100).permits()).isEqualTo(10);
  }

  @Test
  void beginsAQuotaAnewAtMidnightAndNotBefore() {
    BucketKey key = key("5 per day");
    take(key, 5);
    advanceToMidnight(MILLISECOND);
    assertThat(take(key, 1).permits()).isZero();
    advance(MILLISECOND);
    assertThat(take(key, 100)).isEqualTo(new Taken(5, List.of(0L), now()));
    advanceToMidnight(MILLISECOND);
    assertThat(take(key, 1).permits()).isZero();
    advance(MILLISECOND);
    assertThat(take(key, 100).permits()).isEqualTo(5);
  }

  @Test
  void carriesNothingOverIntoTheNextDay() {
    BucketKey key = key("5 per day");
    take(key, 1);
    advance(Duration.ofDays(3));
    assertThat(take(key, 100).permits()).isEqualTo(5);
    advanceToMidnight(Duration.ZERO);
    assertThat(take(key, 100).permits()).isEqualTo(5);
  }

  @Test
  void holdsLessOfALeasedLimitThanItsBurst() {
    BucketKey key = key("100 per second leased");
    long capacity = Terms.of(key.limits()).capacities().getFirst();
    assertThat(capacity).isLessThan(100);
    assertThat(take(key, 1_000)).isEqualTo(new Taken(capacity, List.of(0L), now()));
    advance(Duration.ofHours(1));
    assertThat(take(key, 1_000).permits()).isEqualTo(capacity);
  }

  @Test
  void givesAgainWhatWasGivenBack() {
    BucketKey key = key("10 per minute", "20 per day");
    take(key, 10);
    Answers.of(store().giveBack(key, 4));
    assertThat(take(key, 100)).isEqualTo(new Taken(4, List.of(0L, 10L), now()));
  }

  @Test
  void isNeverMoreThanFull() {
    BucketKey key = key("10 per minute", "20 per day");
    Answers.of(store().giveBack(key, 1));
    take(key, 2);
    Answers.of(store().giveBack(key, 100));
    assertThat(take(key, 100)).isEqualTo(new Taken(10, List.of(0L, 10L), now()));
  }

  @Test
  void takesNothingWhenItIsLookedAt() {
    BucketKey key = key("10 per second", "20 per day");
    assertThat(take(key, 0)).isEqualTo(new Taken(0, List.of(10L, 20L), now()));
    take(key, 10);
    assertThat(take(key, 0)).isEqualTo(new Taken(0, List.of(0L, 10L), now()));
    advance(Duration.ofMillis(500));
    assertThat(take(key, 0)).isEqualTo(new Taken(0, List.of(5L, 10L), now()));
    assertThat(take(key, 100).permits()).isEqualTo(5);
  }

  @Test
  void countsEachSubjectByItself() {
    BucketKey ada = key("5 per day");
    take(ada, 5);
    assertThat(take(new BucketKey(ada.limits(), "bob"), 9).permits()).isEqualTo(5);
    assertThat(take(new BucketKey(ada.limits(), ""), 9).permits()).isEqualTo(5);
    assertThat(take(ada, 9).permits()).isZero();
  }

  @Test
  void takesNoSubjectForAPartOfTheLimit() {
    take(new BucketKey(TestLimits.set("200 per day"), "leased|ada"), 200);
    assertThat(take(new BucketKey(TestLimits.set("200 per day leased"), "ada"), 300).permits())
        .isEqualTo(200);
  }

  @Test
  void beginsANewCountWhenTheNumbersChange() {
    take(key("5 per day"), 5);
    assertThat(take(key("6 per day"), 9).permits()).isEqualTo(6);
    assertThat(take(key("5 per day"), 9).permits()).isZero();
  }

  @Test
  void neverAdmitsOneMoreInTotalToSeveralGateways() {
    BucketKey key = key("500 per minute", "400 per day");
    List<BucketStore> gateways = List.of(store(), ofAnotherGateway());
    AtomicLong admitted = new AtomicLong();
    List<Thread> callers =
        Stream.of(1, 2, 3, 4)
            .flatMap(number -> gateways.stream())
            .map(
                gateway ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (int i = 0; i < 75; i++) {
                                admitted.addAndGet(taken(gateway, key, 1).permits());
                              }
                            }))
            .toList();
    callers.forEach(BucketStoreContract::join);
    assertThat(admitted).hasValue(400);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void seesWhatAnotherGatewayTook() {
    BucketKey key = key("10 per minute");
    take(key, 4);
    assertThat(taken(ofAnotherGateway(), key, 5)).isEqualTo(new Taken(5, List.of(1L), now()));
    Answers.of(ofAnotherGateway().giveBack(key, 5));
    assertThat(take(key, 0).left()).containsExactly(6L);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void saysThatItIsUnavailableWhenItIs(long permits) {
    breakDown();
    assertThat(Answers.of(store().take(key("5 per day"), permits)))
        .isInstanceOf(Withdrawal.Unavailable.class);
  }

  @Test
  void doesNotFailToGiveBackWhenItIsUnavailable() {
    breakDown();
    Answers.of(store().giveBack(key("5 per day"), 1));
  }
}
