package dev.portcullis.gateway;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.proxy.Activity;
import dev.portcullis.gateway.proxy.ServedRequest;
import dev.portcullis.gateway.registry.Change;
import dev.portcullis.gateway.registry.Commit;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the audit trail tell of admitted requests, a batch at a time and one behind the other, so
 * that no change has to wait for more than one. A batch that the store did not take is sent again
 * until it has; where the store took it and could not say so, the trail tells of it twice.
 *
 * <p>All state belongs to one thread.
 */
final class ActivityFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActivityFeed.class);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int AT_ONCE = 100;
  private static final int LONGEST_PATH = 1_024;

  /** How long stopping may take. */
  private static final Duration LAST = Duration.ofSeconds(2);

  private final Activity activity;
  private final Function<Change, CompletionStage<Commit>> trail;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("activity").factory());
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private List<ServedRequest> batch = List.of();
  private boolean busy;
  private boolean failed;
  private boolean ending;

  /**
   * Of these requests.
   *
   * @param trail makes changes, which stand in the audit trail; its stages may fail
   */
  ActivityFeed(Activity activity, Function<Change, CompletionStage<Commit>> trail) {
    this.activity = activity;
    this.trail = trail;
  }

  /** Does it from now on, until it is closed. */
  ActivityFeed begun() {
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(
            this::write, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void write() {
    if (busy) {
      return;
    }
    if (batch.isEmpty()) {
      batch = activity.next(AT_ONCE);
    }
    if (batch.isEmpty()) {
      if (ending) {
        ended.complete(true);
      }
      return;
    }
    busy = true;
    Change change = new Change(List.of(), batch.stream().map(ActivityFeed::entry).toList());
    CompletableFuture<Void> _ =
        trail
            .apply(change)
            .exceptionally(failure -> new Commit.Unavailable(failure.toString()))
            .thenAcceptAsync(this::written, thread)
            .toCompletableFuture();
  }

  private void written(Commit commit) {
    busy = false;
    if (commit instanceof Commit.Done) {
      activity.written(batch.size());
      boolean more = batch.size() == AT_ONCE;
      batch = List.of();
      failed = false;
      if (more || ending) {
        write();
      }
    } else if (ending) {
      ended.complete(false);
    } else if (!failed) {
      failed = true;
      LOG.warn("the audit trail does not take requests to tell of, which are kept: {}", commit);
    }
  }

  /** The trail's word for it. */
  private static AuditEntry entry(ServedRequest request) {
    return new AuditEntry(
        request.at(),
        new Author(
            request.principal(),
            Optional.of(request.token()),
            request.client().map(InetAddress::getHostAddress)),
        AuditAction.REQUEST,
        false,
        Optional.of(request.principal()),
        request.organization(),
        request.notedAs(),
        Map.of(),
        Map.of(),
        "%s %s -> %s (%s)"
            .formatted(
                request.method(),
                shortened(request.path()),
                request.status() == ServedRequest.NO_ANSWER ? "no answer" : request.status(),
                request.route()));
  }

  private static String shortened(String path) {
    return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
  }

  /** Writes what there is, unless the store does not take it, and ends. */
  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(
        () -> {
          ending = true;
          write();
        });
    try {
      ended.get(LAST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the last requests were not written in time", e);
    }
    thread.shutdownNow();
    if (activity.kept() > 0) {
      LOG.warn("the audit trail does not tell of the last {} requests", activity.kept());
    }
  }
}
