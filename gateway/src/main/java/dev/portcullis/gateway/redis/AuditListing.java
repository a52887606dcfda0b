package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.audit.Link;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.registry.Page;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One reading of the audit trail, by the shortest index that has all that is asked for. */
final class AuditListing {
  private static final int AT_ONCE = 500;
  private static final int ROUNDS = 10;

  private final RedisAsyncCommands<String, String> redis;
  private final AuditFilter filter;
  private final int limit;
  private final List<SealedEntry> found = new ArrayList<>();

  private AuditListing(RedisAsyncCommands<String, String> redis, AuditFilter filter, int limit) {
    this.redis = redis;
    this.filter = filter;
    this.limit = limit;
  }

  static CompletionStage<Page<SealedEntry>> page(
      RedisAsyncCommands<String, String> redis,
      AuditFilter filter,
      Optional<String> cursor,
      int limit) {
    AuditListing listing = new AuditListing(redis, filter, limit);
    CompletionStage<Optional<String>> from =
        cursor.isPresent()
            ? CompletableFuture.completedStage(cursor)
            : listing.start(filter.since().orElse(Instant.EPOCH));
    return from.thenCompose(
        start ->
            start
                .map(after -> listing.read(listing.index(), after, 1))
                .orElseGet(() -> CompletableFuture.completedStage(listing.page(""))));
  }

  /** What is just before the first entry of this instant or later; empty where there is none. */
  private CompletionStage<Optional<String>> start(Instant since) {
    long millis = Math.max(0, since.toEpochMilli());
    Range<String> rest =
        Range.from(Range.Boundary.including(millis + "-0"), Range.Boundary.unbounded());
    return redis
        .xrange(Keys.AUDIT, rest, Limit.from(1))
        .thenApply(
            first ->
                first.stream()
                    .findFirst()
                    .map(entry -> millis + "-" + (number(entry.getId()) - 1)));
  }

  private static long number(String id) {
    return new Link(id, "").number();
  }

  /** The sorted set of the ids to look at; empty where the whole stream must be. */
  private Optional<String> index() {
    return filter
        .token()
        .map(Keys::auditOfToken)
        .or(() -> filter.principal().map(Keys::auditOfPrincipal))
        .or(() -> filter.organization().map(Keys::auditOfOrganization));
  }

  private CompletionStage<Page<SealedEntry>> read(Optional<String> index, String after, int round) {
    return index
        .map(key -> indexed(key, after))
        .orElseGet(() -> all(after))
        .thenCompose(
            chunk -> {
              for (Listed each : chunk) {
                each.entry().filter(it -> filter.passes(it.entry())).ifPresent(found::add);
                if (found.size() == limit) {
                  return CompletableFuture.completedStage(page(each.id()));
                }
              }
              boolean last = chunk.size() < AT_ONCE;
              return last || round == ROUNDS
                  ? CompletableFuture.completedStage(page(last ? "" : chunk.getLast().id()))
                  : read(index, chunk.getLast().id(), round + 1);
            });
  }

  private Page<SealedEntry> page(String next) {
    return new Page<>(found, next.isEmpty() ? Optional.empty() : Optional.of(next));
  }

  /** An entry that was looked at; empty where it is not there, or cannot be read. */
  private record Listed(String id, Optional<SealedEntry> entry) {}

  private CompletionStage<List<Listed>> all(String after) {
    Range<String> rest = Range.from(Range.Boundary.excluding(after), Range.Boundary.unbounded());
    return redis
        .xrange(Keys.AUDIT, rest, Limit.from(AT_ONCE))
        .thenApply(
            messages -> messages.stream().map(it -> new Listed(it.getId(), entry(it))).toList());
  }

  private CompletionStage<List<Listed>> indexed(String key, String after) {
    Range<Long> rest =
        Range.from(Range.Boundary.excluding(number(after)), Range.Boundary.unbounded());
    return redis
        .zrangebyscore(key, rest, Limit.from(AT_ONCE))
        .thenCompose(
            ids ->
                Listing.all(
                    ids,
                    id ->
                        redis
                            .xrange(Keys.AUDIT, Range.create(id, id))
                            .thenApply(
                                messages ->
                                    new Listed(
                                        id,
                                        messages.stream()
                                            .findFirst()
                                            .flatMap(AuditListing::entry)))));
  }

  private static Optional<SealedEntry> entry(StreamMessage<String, String> message) {
    try {
      return Optional.of(SealedEntry.of(message.getId(), message.getBody()));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
