package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditChain;
import dev.portcullis.gateway.audit.Link;
import dev.portcullis.gateway.registry.AuditTrail.Flaw;
import dev.portcullis.gateway.registry.AuditTrail.Verification;
import dev.portcullis.gateway.registry.Outcome;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One look at a part of the audit trail: whether nothing was changed, taken out or cut off. */
final class AuditCheck {
  /** The field of a trim's entry that names the last link that was removed. */
  static final String THROUGH = "through";

  private static final String AFTER_THROUGH = "after:" + THROUGH;

  private final RedisAsyncCommands<String, String> redis;
  private final AuditChain chain;
  private final List<Flaw> flaws = new ArrayList<>();

  AuditCheck(RedisAsyncCommands<String, String> redis, AuditChain chain) {
    this.redis = redis;
    this.chain = chain;
  }

  CompletionStage<Outcome<Verification>> verify(Optional<String> cursor, int limit) {
    return check(cursor, limit).exceptionally(AuditCheck::otherwise);
  }

  /** What is no trail at all is a flaw too; only an outage is none. */
  private static Outcome<Verification> otherwise(Throwable failure) {
    String cause = Failures.cause(failure);
    return Failures.isOfContent(failure)
        ? new Outcome.Done<>(
            new Verification(
                0,
                Link.START.id(),
                Optional.empty(),
                0,
                List.of(new Flaw(Link.START.id(), "this is no trail of a gateway: " + cause))))
        : new Outcome.Unavailable<>(cause);
  }

  private CompletionStage<Outcome<Verification>> check(Optional<String> cursor, int limit) {
    return cursor
        .map(id -> at(id).thenCompose(found -> resume(found, limit)))
        .orElseGet(
            () ->
                redis
                    .xrange(Keys.AUDIT, Range.unbounded(), Limit.from(1))
                    .thenCompose(first -> beginning(first))
                    .thenCompose(start -> walk(start, limit)));
  }

  private CompletionStage<Outcome<Verification>> resume(
      Optional<StreamMessage<String, String>> found, int limit) {
    return found
        .map(entry -> walk(link(entry), limit))
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    new Outcome.Conflict<>(
                        "cursor", "there is no such entry any more; begin anew")));
  }

  private CompletionStage<Optional<StreamMessage<String, String>>> at(String id) {
    return redis
        .xrange(Keys.AUDIT, Range.create(id, id))
        .thenApply(found -> found.stream().findFirst());
  }

  private static Link link(StreamMessage<String, String> entry) {
    return Link.of(entry.getId(), entry.getBody());
  }

  /** What was before the first entry there is: nothing, or what a trim says that it removed. */
  private CompletionStage<Link> beginning(List<StreamMessage<String, String>> first) {
    if (first.isEmpty() || link(first.getFirst()).number() == 1) {
      return CompletableFuture.completedStage(Link.START);
    }
    return redis
        .get(Keys.AUDIT_FLOOR)
        .thenCompose(
            floor ->
                Optional.ofNullable(floor)
                    .flatMap(Floor::parse)
                    .map(this::trim)
                    .orElseGet(() -> CompletableFuture.completedStage(Link.START)));
  }

  private CompletionStage<Link> trim(Floor floor) {
    return at(floor.trim())
        .thenApply(
            trim ->
                trim.filter(entry -> saysSo(entry.getBody(), floor.through().written()))
                    .map(_ -> floor.through())
                    .orElse(Link.START));
  }

  private static boolean saysSo(Map<String, String> trim, String through) {
    return AuditAction.AUDIT_TRIM.word().equals(trim.get("action"))
        && through.equals(trim.get(AFTER_THROUGH));
  }

  /**
   * Where the trail ends is asked before, since what is added meanwhile is then behind that; and
   * after, since nothing that was read can be behind that.
   */
  private CompletionStage<Outcome<Verification>> walk(Link before, int limit) {
    Range<String> rest =
        Range.from(Range.Boundary.excluding(before.id()), Range.Boundary.unbounded());
    return redis
        .get(Keys.AUDIT_HEAD)
        .thenCompose(
            head ->
                redis
                    .xrange(Keys.AUDIT, rest, Limit.from(limit))
                    .thenCombine(
                        redis.get(Keys.AUDIT_HEAD),
                        (entries, later) -> walked(before, entries, limit, end(head), end(later))))
        .thenCombine(redis.xlen(Keys.AUDIT), AuditCheck::verification);
  }

  private static Link end(@Nullable String head) {
    return head == null ? Link.START : Link.parse(head);
  }

  /** What was found, before it is known how many entries there are. */
  private record Walked(int count, Link last, boolean ended, List<Flaw> flaws) {}

  private Walked walked(
      Link before, List<StreamMessage<String, String>> entries, int limit, Link head, Link later) {
    Link last = before;
    for (StreamMessage<String, String> entry : entries) {
      String id = entry.getId();
      chain.flaw(last, id, entry.getBody()).ifPresent(flaw -> flaws.add(new Flaw(id, flaw)));
      last = link(entry);
      if (last.number() == head.number() && !last.equals(head)) {
        flaws.add(new Flaw(id, "it is not the entry that was made last"));
      }
    }
    boolean ended = entries.size() < limit;
    if (ended && head.number() > last.number()) {
      flaws.add(new Flaw(head.id(), "entries after number " + last.number() + " are missing"));
    }
    if (last.number() > later.number()) {
      flaws.add(new Flaw(last.id(), "the trail is said to end at " + later.id() + ", before this"));
    }
    return new Walked(entries.size(), last, ended, flaws);
  }

  private static Outcome<Verification> verification(Walked walked, Long total) {
    return new Outcome.Done<>(
        new Verification(
            walked.count,
            walked.last.id(),
            walked.ended ? Optional.empty() : Optional.of(walked.last.id()),
            total,
            walked.flaws));
  }
}
