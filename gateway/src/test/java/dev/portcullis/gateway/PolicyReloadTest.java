package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReloadTest {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  @TempDir Path directory;
  private final List<Policies> active = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger failures = new AtomicInteger();
  private List<Problem> unfit = List.of();

  @BeforeEach
  void writeTheFirst() throws IOException {
    write("one", "GET /one");
  }

  @Test
  void putsTheFilesInForceAtTheStart() {
    try (PolicyDirectory _ = open()) {
      assertThat(apis()).containsExactly("one");
      assertThat(active.getLast().generation()).isEqualTo(1);
    }
  }

  @Test
  void putsAChangeInForceWhole() throws IOException {
    try (PolicyDirectory _ = open().watching(INTERVAL)) {
      write("two", "GET /two");
      await().untilAsserted(() -> assertThat(apis()).containsExactly("one", "two"));
      Files.delete(directory.resolve("one.yaml"));
      await().untilAsserted(() -> assertThat(apis()).containsExactly("two"));
      assertThat(active).extracting(Policies::generation).containsExactly(1L, 2L, 3L);
      assertThat(failures).hasValue(0);
    }
  }

  @Test
  void keepsTheLastGoodOnesWhenAChangeIsNotSoundAndGoesOnFromThere() throws IOException {
    try (PolicyDirectory _ = open().watching(INTERVAL)) {
      Files.writeString(directory.resolve("two.yaml"), "api: [");
      await().untilAsserted(() -> assertThat(failures).hasValue(1));
      assertThat(apis()).containsExactly("one");
      write("two", "GET /two");
      await().untilAsserted(() -> assertThat(apis()).containsExactly("one", "two"));
    }
  }

  @Test
  void countsAFailureOnceHoweverLongItLasts() throws IOException {
    try (PolicyDirectory _ = open().watching(INTERVAL)) {
      Files.delete(directory.resolve("one.yaml"));
      await().untilAsserted(() -> assertThat(failures).hasValue(1));
      await().during(INTERVAL.multipliedBy(5)).until(() -> failures.get() == 1);
      assertThat(apis()).containsExactly("one");
    }
  }

  @Test
  void takesWhatTheDataPlaneCannotFollowForNotSound() throws IOException {
    try (PolicyDirectory _ = open().watching(INTERVAL)) {
      unfit = List.of(new Problem("two", 1, "routes[0].filters[0]", "no such filter"));
      write("two", "GET /two");
      await().untilAsserted(() -> assertThat(failures).hasValue(1));
      assertThat(apis()).containsExactly("one");
    }
  }

  @Test
  void seesADirectoryWhoseFilesAreSwappedByRelinking() throws IOException {
    Path versions = Files.createDirectories(directory.resolve("..data-1"));
    Files.move(directory.resolve("one.yaml"), versions.resolve("one.yaml"));
    Files.createSymbolicLink(directory.resolve("..data"), versions.getFileName());
    Files.createSymbolicLink(directory.resolve("one.yaml"), Path.of("..data", "one.yaml"));
    try (PolicyDirectory _ = open().watching(INTERVAL)) {
      Path next = Files.createDirectories(directory.resolve("..data-2"));
      Files.writeString(next.resolve("one.yaml"), policy("three", "GET /three"));
      Path link = directory.resolve("..data-tmp");
      Files.createSymbolicLink(link, next.getFileName());
      Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      await().untilAsserted(() -> assertThat(apis()).containsExactly("three"));
    }
  }

  @Test
  void refusesToStartWithFilesThatAreNotSoundAndNamesThem() throws IOException {
    Files.writeString(directory.resolve("one.yaml"), "api: one\nroutes: 7\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("one.yaml:2")
        .hasMessageContaining("upstream");
  }

  private PolicyDirectory open() {
    return new PolicyDirectory(directory, this::activate, _ -> failures.incrementAndGet());
  }

  private List<Problem> activate(Policies policies) {
    if (unfit.isEmpty()) {
      active.add(policies);
    }
    return unfit;
  }

  private List<String> apis() {
    return active.getLast().list().stream().map(Policy::api).toList();
  }

  private void write(String api, String match) throws IOException {
    Files.writeString(directory.resolve(api + ".yaml"), policy(api, match));
  }

  private static String policy(String api, String match) {
    return """
    api: %s
    upstream: http://127.0.0.1:9000
    credentials: [bearer]
    email: optional
    routes:
      - match: %s
        scopes: []
    """
        .formatted(api, match);
  }
}
