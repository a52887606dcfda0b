package dev.portcullis.gateway;

import dev.portcullis.policy.Policies;
import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of policy files: read whole at the start, and again whenever a file in it has
 * changed. What is not sound changes nothing.
 */
final class PolicyDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyDirectory.class);
  private static final Fingerprint UNREADABLE = new Fingerprint(Map.of());

  private final Path directory;
  private final Function<Policies, List<Problem>> activation;
  private final Consumer<List<Problem>> onFailedReload;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Fingerprint seen;
  private long generation = 1;

  /**
   * Reads the directory for the first time.
   *
   * @param activation puts policies in force whole, or tells the problems and leaves what was
   * @param onFailedReload is told all problems whenever a change turns out not to be sound
   * @throws StartRefusedException when the policies are not sound
   */
  PolicyDirectory(
      Path directory,
      Function<Policies, List<Problem>> activation,
      Consumer<List<Problem>> onFailedReload) {
    this.directory = directory;
    this.activation = activation;
    this.onFailedReload = onFailedReload;
    this.seen = fingerprint();
    List<Problem> problems = read();
    if (!problems.isEmpty()) {
      throw new StartRefusedException(
          "The policies in " + directory + " are not sound:\n" + lines(problems),
          "Mend them; 'portcullis policy lint " + directory + "' tells when they are sound.");
    }
  }

  /** Looks for changes at this interval from now on, until it is closed. */
  PolicyDirectory watching(Duration interval) {
    Thread.ofPlatform().name("policy-directory").daemon().start(() -> watch(interval));
    return this;
  }

  private void watch(Duration interval) {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        Fingerprint now = fingerprint();
        if (!now.equals(seen)) {
          seen = now;
          reload();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reload() {
    generation++;
    List<Problem> problems = read();
    if (problems.isEmpty()) {
      LOG.info("policies of generation {} are in force", generation);
      return;
    }
    onFailedReload.accept(problems);
    LOG.error("changed policies are not sound; the last good stay in force:\n{}", lines(problems));
  }

  private List<Problem> read() {
    try {
      return switch (PolicyReader.readDirectory(directory)) {
        case PolicyReader.Unsound(List<Problem> problems) -> problems;
        case PolicyReader.Read(var policies, var warnings) -> {
          if (!warnings.isEmpty()) {
            LOG.warn("'portcullis policy lint' has {} warnings of the policies", warnings.size());
          }
          yield activation.apply(Policies.of(generation, policies));
        }
      };
    } catch (RuntimeException e) {
      LOG.error("an unexpected failure while reading policies", e);
      return List.of(new Problem(directory.toString(), 1, "", "unexpected failure: " + e));
    }
  }

  /** A directory that cannot be listed looks changed once, and its reader then says why. */
  private Fingerprint fingerprint() {
    try {
      return Fingerprint.of(directory);
    } catch (IOException e) {
      return UNREADABLE;
    }
  }

  private static String lines(List<Problem> problems) {
    return String.join("\n", problems.stream().map(Problem::toString).toList());
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
