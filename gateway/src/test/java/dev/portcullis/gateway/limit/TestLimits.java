package dev.portcullis.gateway.limit;

import dev.portcullis.policy.Limit;
import dev.portcullis.policy.LimitSet;
import dev.portcullis.policy.Limits;
import java.util.List;
import java.util.stream.Stream;

/** Limits that are counted together, and the names of their counts, for tests. */
public final class TestLimits {

  private TestLimits() {}

  /** The one set that limits of these words make. */
  public static LimitSet set(String... words) {
    return set(Stream.of(words).map(Limit::parse).toArray(Limit[]::new));
  }

  /** The one set that these limits make. */
  public static LimitSet set(Limit... limits) {
    return Limits.ofToken(List.of(limits)).sets().getFirst();
  }

  /** Where the requests of {@code ada} are counted under limits of these words. */
  public static BucketKey key(String... words) {
    return new BucketKey(set(words), "ada");
  }
}
