package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.Scope;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFilesTest {
  private static final URI UPSTREAM = URI.create("http://127.0.0.1:9000");

  @Test
  void requestsReachTheFirstTheLastAndRoutesBetween() {
    assertThat(new PolicyFiles(10, 1_000).spread(5))
        .containsExactly(
            "/api0/r0000/42",
            "/api2/r0499/42",
            "/api4/r0999/42",
            "/api7/r0499/42",
            "/api9/r0999/42");
  }

  @Test
  void requestsReachAllRoutesWhereThereAreNoMore() {
    assertThat(new PolicyFiles(1, 1).spread(10)).containsExactly("/api0/r0000/42");
    assertThat(new PolicyFiles(1, 10).spread(10)).hasSize(10).doesNotHaveDuplicates();
    assertThat(new PolicyFiles(1, 3).spread(10)).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void writesOneFileAnApi(@TempDir Path directory) throws IOException {
    new PolicyFiles(2, 3).write(directory, UPSTREAM);
    assertThat(directory.resolve("api1.yaml"))
        .content()
        .isEqualTo(
            """
            api: api1
            upstream: http://127.0.0.1:9000
            credentials: [bearer]
            email: required
            routes:
              - match: GET /api1/r0000/{item}
                scopes: ["api1/r0000/{item}:read"]
              - match: GET /api1/r0001/{item}
                scopes: ["api1/r0001/{item}:read"]
              - match: GET /api1/r0002/{item}
                scopes: ["api1/r0002/{item}:read"]
            """);
    assertThat(directory).isDirectoryContaining("glob:**api0.yaml");
  }

  @Test
  void whatIsWrittenIsSoundAndGrantedByItsScopes(@TempDir Path directory) throws IOException {
    new PolicyFiles(2, 3).write(directory, UPSTREAM);
    assertThat(PolicyReader.readDirectory(directory))
        .isInstanceOfSatisfying(
            PolicyReader.Read.class,
            read -> assertThat(read.policies()).flatExtracting(Policy::routes).hasSize(6));
    assertThat(Scope.parse(PolicyFiles.SCOPES.getFirst()).covers(Scope.parse("api0/r0000/42:read")))
        .isTrue();
  }
}
