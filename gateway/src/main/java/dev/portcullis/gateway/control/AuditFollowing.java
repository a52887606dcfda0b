package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.audit.Link;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The audit trail as it grows, as server-sent events. Ends with its reader, and when the operator
 * may no longer read it. An outage of the store makes it fall silent, not end.
 */
final class AuditFollowing {
  private static final int MOST = 32;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
  private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(15);
  private static final byte[] SIGN_OF_LIFE = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final VisibleAudit audit;
  private final AtomicInteger followers = new AtomicInteger();

  AuditFollowing(VisibleAudit audit) {
    this.audit = audit;
  }

  /** Entries after this one, or those from now on. */
  Mono<Reply> follow(OperatorCall call, AuditFilter filter, Optional<String> after) {
    if (followers.get() >= MOST) {
      return Mono.just(
          Reply.refused(
              Problem.of(
                  HttpStatus.TOO_MANY_REQUESTS, MOST + " are following already; that is all")));
    }
    Mono<Outcome<String>> from =
        after.isPresent() ? Mono.just(new Outcome.Done<>(after.get())) : audit.last();
    return from.map(
        outcome ->
            Reply.of(
                "entry",
                outcome,
                id -> new Reply.Stream(MediaType.TEXT_EVENT_STREAM, events(call, filter, id))));
  }

  /** Counted where they begin, for then they surely end. */
  private Flux<byte[]> events(OperatorCall call, AuditFilter filter, String after) {
    return Flux.defer(
        () -> {
          if (followers.incrementAndGet() > MOST) {
            followers.decrementAndGet();
            return Flux.empty();
          }
          Flux<byte[]> signs =
              Flux.interval(Duration.ZERO, BETWEEN_SIGNS_OF_LIFE)
                  .onBackpressureDrop()
                  .map(_ -> SIGN_OF_LIFE);
          return Flux.merge(signs, news(call, filter, after).map(AuditFollowing::event))
              .takeUntilOther(expulsion(call))
              .doFinally(_ -> followers.decrementAndGet());
        });
  }

  private static byte[] event(SealedEntry entry) {
    byte[] data = AuditView.of(entry).line();
    String head = "id:" + entry.link().id() + "\ndata:";
    return (head + new String(data, StandardCharsets.UTF_8) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Completes when the operator may no longer do this. */
  private static Mono<Outcome<Operator>> expulsion(OperatorCall call) {
    return Mono.defer(call.again())
        .repeatWhen(times -> times.delayElements(BETWEEN_LOOKS))
        .filter(outcome -> outcome instanceof Outcome.NotFound<Operator>)
        .next();
  }

  /** Up to where one follower has read. One look follows the other, so nobody races for it. */
  private static final class Position {
    volatile String id;

    Position(String id) {
      this.id = id;
    }
  }

  private Flux<SealedEntry> news(OperatorCall call, AuditFilter filter, String after) {
    Position seen = new Position(after);
    return Flux.defer(() -> look(call, filter, seen))
        .repeatWhen(times -> times.delayElements(BETWEEN_LOOKS));
  }

  private Flux<SealedEntry> look(OperatorCall call, AuditFilter filter, Position seen) {
    return audit
        .last()
        .flatMapMany(
            outcome ->
                outcome instanceof Outcome.Done<String>(String last)
                        && number(last) > number(seen.id)
                    ? look(call, filter, seen, last)
                    : Flux.empty());
  }

  /** What is read now has all up to {@code last}; after it one need look only at what follows. */
  private Flux<SealedEntry> look(
      OperatorCall call, AuditFilter filter, Position seen, String last) {
    return audit
        .entries(call.operator(), filter, Optional.of(seen.id), VisibleAudit.AT_ONCE)
        .flatMapIterable(
            outcome -> {
              if (outcome instanceof Outcome.Done<Page<SealedEntry>>(Page<SealedEntry> page)) {
                seen.id = page.next().orElseGet(() -> later(last, page.items()));
                return page.items();
              }
              return List.of();
            });
  }

  private static String later(String last, List<SealedEntry> read) {
    return read.isEmpty() || number(read.getLast().link().id()) <= number(last)
        ? last
        : read.getLast().link().id();
  }

  private static long number(String id) {
    return new Link(id, "").number();
  }
}
