package dev.portcullis.gateway;

import dev.portcullis.policy.Policies;
import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of policy files: read whole at the start, and again whenever a file in it has
 * changed. What is not sound changes nothing.
 */
final class PolicyDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyDirectory.class);

  private final Path directory;
  private final Function<Policies, List<String>> activation;
  private final Runnable onFailedReload;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Fingerprint seen;
  private long generation = 1;

  /**
   * Reads the directory for the first time.
   *
   * @param activation puts policies in force whole, or tells the problems and leaves what was
   * @throws UnsoundPoliciesException when they are not sound
   */
  PolicyDirectory(
      Path directory, Function<Policies, List<String>> activation, Runnable onFailedReload) {
    this.directory = directory;
    this.activation = activation;
    this.onFailedReload = onFailedReload;
    this.seen = fingerprint();
    List<String> problems = read();
    if (!problems.isEmpty()) {
      throw new UnsoundPoliciesException(problems);
    }
  }

  /** Looks for changes at this interval from now on. */
  PolicyDirectory watching(Duration interval) {
    Thread.ofPlatform().name("policy-directory").daemon().start(() -> watch(interval));
    return this;
  }

  private void watch(Duration interval) {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        reloadIfChanged();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reloadIfChanged() {
    try {
      Fingerprint now = fingerprint();
      if (now.equals(seen)) {
        return;
      }
      seen = now;
      generation++;
      List<String> problems = read();
      if (problems.isEmpty()) {
        LOG.info("policies of generation {} are in force", generation);
      } else {
        failed(String.join("\n", problems));
      }
    } catch (RuntimeException e) {
      failed(e.toString());
    }
  }

  private void failed(String problems) {
    onFailedReload.run();
    LOG.error(
        "the changed policies are not sound; the last good ones stay in force:\n{}", problems);
  }

  private List<String> read() {
    return switch (PolicyReader.readDirectory(directory)) {
      case PolicyReader.Unsound(List<Problem> problems) ->
          problems.stream().map(Problem::toString).toList();
      case PolicyReader.Read(var policies, var warnings) ->
          activation.apply(Policies.of(generation, policies));
    };
  }

  private Fingerprint fingerprint() {
    try {
      return Fingerprint.of(directory);
    } catch (IOException e) {
      throw new UnsoundPoliciesException(
          List.of("portcullis.policies: cannot list " + directory + ": " + e));
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
