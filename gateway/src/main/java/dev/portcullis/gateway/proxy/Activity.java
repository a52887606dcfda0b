package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The admitted requests that wait to be told of in the audit trail, oldest first. Safe for threads;
 * nobody waits for it.
 */
public final class Activity implements Passage.Observer {
  /** How many requests are kept where nothing else is said. */
  public static final int DEFAULT_SIZE = 10_000;

  private final int size;
  private final InstantSource clock;
  private final ConcurrentLinkedQueue<ServedRequest> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kept = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();

  /**
   * None so far.
   *
   * @param size how many are kept, those being written among them; one more is dropped
   * @param clock tells when a request was answered
   */
  public Activity(int size, InstantSource clock) {
    this.size = size;
    this.clock = clock;
  }

  /** Records an admitted request, if its policy wants that. */
  @Override
  public void answered(Passage passage) {
    passage.admitted().ifPresent(allowed -> record(passage, allowed));
  }

  private void record(Passage passage, Allowed allowed) {
    Routed routed = passage.routed().orElseThrow();
    if (routed.match().policy().activity().covers(routed.head().method())) {
      record(served(routed, allowed, passage.status()));
    }
  }

  private ServedRequest served(Routed routed, Allowed allowed, int status) {
    return new ServedRequest(
        clock.instant(),
        allowed.principal().id(),
        allowed.principal().organization(),
        allowed.token().id(),
        Optional.of(allowed.token())
            .filter(token -> token.kind() != TokenKind.JWT)
            .map(Token::notedAs),
        routed.inbound().client(),
        routed.head().method(),
        routed.head().path().text(),
        status,
        routed.match().route().id());
  }

  /** Takes it, or counts it as dropped where there is no room. */
  public void record(ServedRequest request) {
    if (kept.incrementAndGet() > size) {
      kept.decrementAndGet();
      dropped.increment();
    } else {
      waiting.add(request);
    }
  }

  /**
   * Takes out up to this many, for one writer to write down; they take up room until they are
   * {@link #written}.
   *
   * @param max at least 1
   */
  public List<ServedRequest> next(int max) {
    List<ServedRequest> batch = new ArrayList<>();
    for (ServedRequest request = waiting.poll(); request != null; request = waiting.poll()) {
      batch.add(request);
      if (batch.size() == max) {
        break;
      }
    }
    return batch;
  }

  /** So many that were taken out are written down. */
  public void written(int count) {
    kept.addAndGet(-count);
  }

  /** How many are kept. */
  public int kept() {
    return kept.get();
  }

  /** How many there was no room for. */
  public long dropped() {
    return dropped.sum();
  }
}
