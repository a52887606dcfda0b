package dev.portcullis.gateway.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.gateway.control.TestClock;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TestTokens;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.Test;

/** The keys that there are at a time, and which are published. */
class KeyRingTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final TestClock clock = new TestClock();

  private KeyRing ring(PepperRing peppers, Duration rotation) {
    return new KeyRing(peppers, rotation, clock);
  }

  private KeyRing ring() {
    return ring(TestTokens.ring(), DAY);
  }

  private static List<String> published(KeyRing ring) {
    return JoseVerifier.ids(ring.published());
  }

  @Test
  void isTheSameOnEveryGatewayWithThePeppers() {
    assertThat(ring().published()).isEqualTo(ring().published());
    assertThat(ring().current().id()).isEqualTo(ring().current().id());
  }

  @Test
  void isAnotherWithAnotherPepperOrRotation() {
    PepperRing other = new PepperRing(TestTokens.pepper("p2"), List.of());
    assertThat(published(ring(other, DAY))).doesNotContainAnyElementsOf(published(ring()));
    assertThat(published(ring(TestTokens.ring(), Duration.ofHours(12))))
        .doesNotContainAnyElementsOf(published(ring()));
  }

  @Test
  void signsWithTheCurrentPepperAndPublishesForEach() {
    PepperRing two = new PepperRing(TestTokens.pepper("p2"), List.of(TestTokens.pepper("p1")));
    KeyRing rotated = ring(two, DAY);
    assertThat(rotated.current().id()).isNotEqualTo(ring().current().id());
    assertThat(published(rotated)).hasSize(6).containsAll(published(ring()));
  }

  @Test
  void publishesThePeriodBeforeThePresentOneAndTheNext() {
    KeyRing ring = ring();
    String first = ring.current().id();
    List<String> before = published(ring);
    assertThat(before).hasSize(3).doesNotHaveDuplicates().contains(first);

    clock.advance(DAY);
    String second = ring.current().id();
    assertThat(second).isNotEqualTo(first).isIn(before);
    assertThat(published(ring)).hasSize(3).contains(first, second);

    clock.advance(DAY);
    assertThat(ring.current().id()).isNotIn(first, second);
    assertThat(published(ring)).hasSize(3).contains(second).doesNotContain(first);
    assertThat(ring().published()).as("of a gateway started now").isEqualTo(ring.published());
  }

  @Test
  void changesAtTheBoundaryOfThePeriodAndNotBefore() {
    // the clock stands at noon
    KeyRing ring = ring();
    String first = ring.current().id();
    clock.advance(Duration.ofHours(12).minusNanos(1));
    assertThat(ring.current().id()).isEqualTo(first);
    clock.advance(Duration.ofNanos(1));
    assertThat(ring.current().id()).isNotEqualTo(first);
  }

  @Test
  void comesBackToTheKeyOfTheTimeWhereAClockIsSetBack() {
    KeyRing ring = ring();
    String first = ring.current().id();
    clock.advance(DAY.multipliedBy(40));
    assertThat(ring.current().id()).isNotEqualTo(first);
    clock.advance(DAY.multipliedBy(-40));
    assertThat(ring.current().id()).isEqualTo(first);
  }

  @Test
  void publishesNoSecret() {
    assertThat(JoseVerifier.keys(ring().published()))
        .allSatisfy(
            key ->
                assertThat(key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE))
                    .doesNotContain("\"d\""));
    assertThat(ring().published()).doesNotContain("\"d\"");
  }

  @Test
  void isCachedNoLongerThanKeysArePublishedAhead() {
    assertThat(ring().publishedFor()).isEqualTo(Duration.ofHours(1));
    assertThat(ring(TestTokens.ring(), Duration.ofMinutes(10)).publishedFor())
        .isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void rotatesNoFasterThanAssertionsAndCachesLive() {
    ring(TestTokens.ring(), KeyRing.MIN_ROTATION);
    for (Duration tooFast : List.of(KeyRing.MIN_ROTATION.minusMillis(1), Duration.ZERO)) {
      assertThatIllegalArgumentException().isThrownBy(() -> ring(TestTokens.ring(), tooFast));
    }
  }
}
