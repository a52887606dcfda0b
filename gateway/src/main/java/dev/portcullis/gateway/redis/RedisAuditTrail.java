package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditChain;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.audit.Link;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.Commit;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Page;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The audit trail in a stream of Redis. */
final class RedisAuditTrail implements AuditTrail {
  private final RedisConnection redis;
  private final Journal journal;
  private final AuditChain chain;
  private final InstantSource clock;

  RedisAuditTrail(RedisConnection redis, Journal journal, AuditChain chain, InstantSource clock) {
    this.redis = redis;
    this.journal = journal;
    this.chain = chain;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Outcome<Page<SealedEntry>>> entries(
      AuditFilter filter, Optional<String> cursor, int limit) {
    return redis.answer(
        redis -> AuditListing.page(redis, filter, cursor, limit).thenApply(Outcome.Done::new));
  }

  @Override
  public CompletionStage<Outcome<String>> last() {
    return redis.answer(
        redis ->
            redis
                .get(Keys.AUDIT_HEAD)
                .thenApply(
                    head ->
                        new Outcome.Done<>(
                            head == null ? Link.START.id() : Link.parse(head).id())));
  }

  @Override
  public CompletionStage<Outcome<Verification>> verify(Optional<String> cursor, int limit) {
    return redis.answer(redis -> new AuditCheck(redis, chain).verify(cursor, limit));
  }

  @Override
  public CompletionStage<Outcome<Long>> trim(Instant before) {
    Range<String> older =
        Range.from(
            Range.Boundary.unbounded(), Range.Boundary.excluding(before.toEpochMilli() + "-0"));
    return redis.answer(
        redis ->
            redis
                .get(Keys.AUDIT_FLOOR)
                .thenApply(floor -> floor == null ? Commands.NONE : Commands.is(floor))
                .thenCompose(
                    floor ->
                        redis
                            .xrevrange(Keys.AUDIT, older, Limit.from(1))
                            .thenCompose(
                                newest ->
                                    newest.isEmpty()
                                        ? CompletableFuture.completedStage(new Outcome.Done<>(0L))
                                        : redis
                                            .xrange(Keys.AUDIT, Range.unbounded(), Limit.from(1))
                                            .thenCompose(
                                                oldest ->
                                                    trim(
                                                        floor,
                                                        link(oldest.getFirst()),
                                                        link(newest.getFirst()))))));
  }

  private static Link link(StreamMessage<String, String> message) {
    return Link.of(message.getId(), message.getBody());
  }

  /** Does nothing where another gateway has trimmed since. */
  private CompletionStage<Outcome<Long>> trim(String floor, Link first, Link through) {
    long count = through.number() - first.number() + 1;
    AuditEntry entry =
        new AuditEntry(
            clock.instant(),
            Author.GATEWAY,
            AuditAction.AUDIT_TRIM,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of(AuditCheck.THROUGH, through.written()),
            count + " entries older than the retention");
    return journal
        .commit(
            List.of(entry),
            chained ->
                Commands.none()
                    .check(
                        Commit.Obstacle.TRAIL_TRIMMED,
                        List.of("GET", Keys.AUDIT_FLOOR),
                        List.of(floor))
                    .write("XTRIM", Keys.AUDIT, "MINID", after(through))
                    .write(
                        "SET",
                        Keys.AUDIT_FLOOR,
                        new Floor(through, chained.getFirst().link().id()).written()))
        .thenApply(
            commit ->
                switch (commit) {
                  case Commit.Done done -> new Outcome.Done<>(count);
                  case Commit.Obstructed obstructed -> new Outcome.Done<>(0L);
                  case Commit.Unavailable(String cause) -> new Outcome.Unavailable<>(cause);
                });
  }

  private static String after(Link link) {
    int dash = link.id().indexOf('-');
    return link.id().substring(0, dash) + "-" + (link.number() + 1);
  }
}
