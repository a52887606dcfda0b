package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.audit.AuditChain;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.Link;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.registry.Commit;
import io.lettuce.core.KeyValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in which anything is changed: changes queue up, and as many as there are go to Redis
 * together, each with its entries sealed behind those of the one before it. Redis takes them only
 * if the chain still ends where this gateway thought; if another gateway was faster, they are
 * sealed anew.
 *
 * <p>All state belongs to one thread.
 */
final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int AT_ONCE = 32;
  private static final int MAX_QUEUE = 10_000;
  private static final int MAX_RACES_LOST = 100;

  private final RedisConnection redis;
  private final AuditChain chain;
  private final ExecutorService thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("portcullis-journal").factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private boolean busy;
  private int racesLost;
  private @Nullable End end;
  private Link furthest = Link.START;

  /** A change that is to be made. */
  private record Waiting(
      List<AuditEntry> entries,
      Function<List<SealedEntry>, Commands> commands,
      CompletableFuture<Commit> answer) {}

  /** Where the chain ends, and what number it was trimmed up to. */
  private record End(Link head, long floor) {}

  Journal(RedisConnection redis, AuditChain chain) {
    this.redis = redis;
    this.chain = chain;
  }

  /**
   * Has a change made.
   *
   * @param entries what the audit trail is to say of it
   * @param commands makes it, once its entries are sealed
   */
  CompletionStage<Commit> commit(
      List<AuditEntry> entries, Function<List<SealedEntry>, Commands> commands) {
    if (thread.isShutdown()) {
      return CompletableFuture.completedStage(new Commit.Unavailable("the gateway stops"));
    }
    Waiting waiting = new Waiting(entries, commands, new CompletableFuture<>());
    thread.execute(
        () -> {
          if (queue.size() >= MAX_QUEUE) {
            answer(waiting, new Commit.Unavailable("too many changes are waiting"));
          } else {
            queue.addLast(waiting);
            next();
          }
        });
    return waiting.answer;
  }

  private void next() {
    if (busy || queue.isEmpty()) {
      return;
    }
    busy = true;
    End known = end;
    if (known == null) {
      begin();
    } else {
      send(known);
    }
  }

  private void begin() {
    redis
        .ask(commands -> commands.mget(Keys.AUDIT_HEAD, Keys.AUDIT_FLOOR))
        .thenApply(
            values -> new End(Link.parse(text(values.get(0))), Floor.number(text(values.get(1)))))
        .whenCompleteAsync(
            (known, failure) -> {
              busy = false;
              if (failure == null) {
                endsAt(known);
                next();
              } else {
                fail(List.copyOf(queue), failure);
              }
            },
            thread);
  }

  private static String text(KeyValue<String, String> value) {
    return value.getValueOrElse("");
  }

  /** The chain only ever grows. Where it has not, nobody but a gateway that saw it can tell. */
  private void endsAt(End now) {
    Link head = now.head;
    if (head.number() < furthest.number()
        || (head.number() == furthest.number() && !head.equals(furthest))) {
      LOG.error(
          "The audit trail ended at {} and now ends at {}: entries were lost or taken away,"
              + " which verifying cannot show",
          furthest.id(),
          head.id());
    }
    furthest = head;
    end = now;
  }

  private void send(End known) {
    List<Waiting> batch = new ArrayList<>();
    CommitScript script = new CommitScript(known.head);
    Link head = known.head;
    for (Waiting waiting : queue) {
      if (batch.size() == AT_ONCE) {
        break;
      }
      batch.add(waiting);
      List<SealedEntry> sealed = new ArrayList<>();
      for (AuditEntry entry : waiting.entries) {
        SealedEntry next = chain.seal(head, entry);
        head = next.link();
        sealed.add(next);
      }
      Commands commands = waiting.commands.apply(sealed);
      AuditRecord.append(commands, sealed, known.floor);
      script.add(commands, head);
    }
    redis
        .ask(script::run)
        .whenCompleteAsync(
            (result, failure) -> {
              busy = false;
              if (failure == null) {
                done(batch, result);
              } else {
                fail(batch, failure);
              }
              next();
            },
            thread);
  }

  private void done(List<Waiting> batch, CommitScript.Result result) {
    endsAt(new End(result.head(), result.floor()));
    for (Waiting made : batch.subList(0, result.made())) {
      queue.removeFirst();
      answer(made, new Commit.Done());
    }
    racesLost = result.raceLost() ? racesLost + 1 : 0;
    result
        .obstacle()
        .ifPresent(obstacle -> answer(queue.removeFirst(), new Commit.Obstructed(obstacle)));
    if (racesLost > MAX_RACES_LOST) {
      racesLost = 0;
      batch.forEach(
          waiting -> {
            queue.remove(waiting);
            answer(waiting, new Commit.Unavailable("other gateways are always faster"));
          });
    }
  }

  /** Whether Redis made them or not is not known, so neither is where the chain ends. */
  private void fail(List<Waiting> batch, Throwable failure) {
    end = null;
    if (Failures.isOfContent(failure)) {
      LOG.error(
          "No change can be made as long as {} and {} are not what a gateway wrote: {}",
          Keys.AUDIT,
          Keys.AUDIT_HEAD,
          Failures.cause(failure));
    }
    for (Waiting waiting : batch) {
      queue.remove(waiting);
      answer(waiting, new Commit.Unavailable(Failures.cause(failure)));
    }
  }

  /** What follows an answer is not for this thread to do. */
  private static void answer(Waiting waiting, Commit commit) {
    waiting.answer.completeAsync(() -> commit);
  }

  @Override
  public void close() {
    thread.execute(() -> fail(List.copyOf(queue), new Failures.NotConnected("the gateway stops")));
    thread.shutdown();
  }
}
