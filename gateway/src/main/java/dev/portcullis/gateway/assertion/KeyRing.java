package dev.portcullis.gateway.assertion;

import dev.portcullis.gateway.token.PepperRing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys that assertions are signed with: one for each pepper and period of time, made of these
 * two, so that all gateways with the same peppers have the same, and none is kept anywhere. Safe
 * for threads.
 */
public final class KeyRing {
  /** The shortest period: an assertion and a cached key set must both be gone within it. */
  public static final Duration MIN_ROTATION = Duration.ofMinutes(5);

  private static final Duration LONGEST_CACHED = Duration.ofHours(1);
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The keys of the previous, the present and the next period.
   *
   * @param period the present one's number
   * @param byPeriod the current pepper's first
   */
  private record Keys(long period, Map<Long, List<AssertionKey>> byPeriod, String published) {}

  private final PepperRing peppers;
  private final long seconds;
  private final InstantSource clock;
  private volatile Keys keys;

  /**
   * A ring.
   *
   * @param rotation how long a period is, in whole seconds
   * @throws IllegalArgumentException where that is shorter than {@link #MIN_ROTATION}
   */
  public KeyRing(PepperRing peppers, Duration rotation, InstantSource clock) {
    if (rotation.compareTo(MIN_ROTATION) < 0) {
      throw new IllegalArgumentException(rotation + " is shorter than " + MIN_ROTATION);
    }
    this.peppers = peppers;
    this.seconds = rotation.toSeconds();
    this.clock = clock;
    this.keys = keys(period(), Map.of());
  }

  private long period() {
    return Math.floorDiv(clock.instant().getEpochSecond(), seconds);
  }

  /** The one to sign with now. */
  AssertionKey current() {
    Keys now = now();
    return Objects.requireNonNull(now.byPeriod.get(now.period)).getFirst();
  }

  /**
   * The public keys as a JWK set (RFC 7517): those of the period before, for what was signed then,
   * and of the next one, for who fetches seldom; under each pepper, for peppers rotate too.
   */
  public String published() {
    return now().published;
  }

  /** How long it may be cached: no longer than keys are published ahead. */
  public Duration publishedFor() {
    return Duration.ofSeconds(Math.min(seconds, LONGEST_CACHED.toSeconds()));
  }

  /** Whoever comes first makes them, and who comes at the same time makes the same. */
  private Keys now() {
    Keys known = keys;
    long period = period();
    if (known.period != period) {
      known = keys(period, known.byPeriod);
      keys = known;
    }
    return known;
  }

  private Keys keys(long period, Map<Long, List<AssertionKey>> known) {
    Map<Long, List<AssertionKey>> made = new HashMap<>();
    LongStream.rangeClosed(period - 1, period + 1)
        .forEach(each -> made.put(each, known.getOrDefault(each, List.of())));
    made.replaceAll((each, found) -> found.isEmpty() ? ofPeriod(each) : found);
    List<AssertionKey.Jwk> jwks =
        Stream.of(period, period - 1, period + 1)
            .flatMap(each -> Objects.requireNonNull(made.get(each)).stream())
            .map(AssertionKey::jwk)
            .toList();
    return new Keys(period, made, JSON.writeValueAsString(Map.of("keys", jwks)));
  }

  private List<AssertionKey> ofPeriod(long period) {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(period).array();
    return peppers.assertionSeeds(number).stream().map(AssertionKey::ofSeed).toList();
  }
}
