package dev.portcullis.gateway.limit;

import dev.portcullis.policy.Limit;
import dev.portcullis.policy.LimitSet;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyReader;
import java.util.List;
import java.util.stream.Collectors;
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

  /** The limits of an API, as items of a list in YAML. */
  public static Limits ofApi(String... items) {
    String list = Stream.of(items).map(item -> "  - " + item + "\n").collect(Collectors.joining());
    PolicyReader.Result result =
        PolicyReader.read(
            "test.yaml",
            """
            api: test
            upstream: http://127.0.0.1:9000
            routes: [{match: GET /, public: true}]
            limits:
            """
                + list);
    if (!(result instanceof PolicyReader.Read read)) {
      throw new IllegalArgumentException(result.toString());
    }
    return read.policies().getFirst().limits();
  }
}
