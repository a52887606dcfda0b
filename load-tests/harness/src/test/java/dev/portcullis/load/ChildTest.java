package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ChildTest {
  /** A master that rests, and a worker that does not, for 20 s at most. */
  private static final List<String> MASTER =
      List.of("sh", "-c", "timeout 20 sh -c 'while :; do :; done' & wait");

  @TempDir private Path directory;

  @Test
  void workersCountForTheProcessThatStartedThem() throws IOException {
    try (Child child = Child.start("master", directory.resolve("log"), MASTER)) {
      await().until(() -> child.cpuTime().compareTo(Duration.ofMillis(200)) > 0);
      assertThat(child.ownCpuTime()).isLessThan(Duration.ofMillis(200));
      child.kill();
    }
  }

  @Test
  void workersEndWithTheProcessThatIsKilled() throws IOException {
    try (Child child = Child.start("master", directory.resolve("log"), MASTER)) {
      await().until(() -> workers().size() > 1);
      List<ProcessHandle> workers = workers();
      child.kill();
      await().until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  private static List<ProcessHandle> workers() {
    return ProcessHandle.current().children().flatMap(ProcessHandle::descendants).toList();
  }
}
