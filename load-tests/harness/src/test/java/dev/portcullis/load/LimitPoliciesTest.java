package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitPoliciesTest {
  private static final URI UPSTREAM = URI.create("http://127.0.0.1:9000");

  @Test
  void eachRouteHasItsLimit(@TempDir Path directory) throws IOException {
    new LimitPolicies(Map.of("free", "", "some", "10 per second leased"))
        .write(directory, UPSTREAM);
    assertThat(directory.resolve("limits.yaml"))
        .content()
        .contains("  - match: GET /free/{item}\n    scopes: [\"free/{item}:read\"]\n")
        .contains("[\"some/{item}:read\"]\n    limit: 10 per second leased\n")
        .containsOnlyOnce("limit:");
    assertThat(policies(directory)).flatExtracting(Policy::routes).hasSize(2);
  }

  @Test
  void anImportedTokenIsLookedUpByOneApiOnly(@TempDir Path directory) throws IOException {
    new FloodPolicies().write(directory, UPSTREAM);
    assertThat(policies(directory))
        .extracting(Policy::importedTokens)
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void thereIsARouteForEachKindOfRefusal(@TempDir Path directory) throws IOException {
    new KindPolicies().write(directory, UPSTREAM);
    assertThat(policies(directory)).flatExtracting(Policy::routes).hasSize(4);
  }

  private static List<Policy> policies(Path directory) throws IOException {
    return ((PolicyReader.Read) PolicyReader.readDirectory(directory)).policies();
  }
}
