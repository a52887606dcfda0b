package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.Change;
import dev.portcullis.gateway.registry.Commit;
import dev.portcullis.gateway.registry.Commit.Obstacle;
import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.Write;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Puts records that another program wrote into the gateway's own words, which mean the same: a
 * change is checked against those, letter by letter.
 */
final class Adoption {
  private final RedisConnection redis;
  private final Journal journal;

  Adoption(RedisConnection redis, Journal journal) {
    this.redis = redis;
    this.journal = journal;
  }

  /**
   * A record that a change builds on.
   *
   * @param key where it is
   * @param words how this gateway would have written it
   * @param means whether what is there means the same
   */
  private record Basis(
      String key, Map<String, String> words, Predicate<Map<String, String>> means) {}

  /** Whether anything had to be put into other words, so that the change is worth another try. */
  CompletionStage<Boolean> adopt(Change change) {
    CompletionStage<Boolean> any = CompletableFuture.completedStage(false);
    for (Write write : change.writes()) {
      for (Basis basis : bases(write)) {
        any = any.thenCombine(adopt(basis), Boolean::logicalOr);
      }
    }
    return any;
  }

  private static List<Basis> bases(Write write) {
    return switch (write) {
      case Write.ReplacePrincipal(Principal before, Principal after) -> List.of(of(before));
      case Write.BeginDeletion(Principal before, var at) -> List.of(of(before));
      case Write.RemovePrincipal(Principal before, long tokens) -> List.of(of(before));
      case Write.AddToken(var token, var hashes, Principal owner) -> List.of(of(owner));
      case Write.ReplaceToken(KeptToken before, var after) -> List.of(of(before));
      case Write.AddSession(var session, var hash, KeptToken parent, Principal owner) ->
          List.of(of(parent), of(owner));
      case Write.ReplaceSession(KeptToken before, var after) -> List.of(of(before));
      case Write.AddPrincipal it -> List.of();
      case Write.Remember it -> List.of();
    };
  }

  private static Basis of(Principal principal) {
    return new Basis(
        Keys.principal(principal.id()),
        PrincipalRecord.write(principal),
        record ->
            PrincipalRecord.principal(principal.id(), record)
                .equals(new Lookup.Found<>(principal)));
  }

  private static Basis of(KeptToken kept) {
    return new Basis(
        Keys.token(kept.hash()),
        TokenRecord.write(kept.details()),
        record -> TokenRecord.details(record).equals(new Lookup.Found<>(kept.details())));
  }

  private CompletionStage<Boolean> adopt(Basis basis) {
    return redis
        .ask(commands -> commands.hgetall(basis.key))
        .thenCompose(
            record ->
                basis.means.test(record)
                    ? rewrite(basis, record)
                    : CompletableFuture.completedStage(false))
        .exceptionally(failure -> false);
  }

  /** Fields that no gateway knows stay as they are. */
  private CompletionStage<Boolean> rewrite(Basis basis, Map<String, String> record) {
    Set<String> fields = new TreeSet<>(record.keySet());
    fields.addAll(basis.words.keySet());
    Map<String, String> changed = new TreeMap<>(basis.words);
    changed.entrySet().removeAll(record.entrySet());
    Map<String, String> empty = new TreeMap<>(record);
    empty.values().removeIf(value -> !value.isEmpty());
    empty.keySet().removeAll(basis.words.keySet());
    if (changed.isEmpty() && empty.isEmpty()) {
      return CompletableFuture.completedStage(false);
    }
    return journal
        .commit(
            List.of(),
            chained ->
                Commands.none()
                    .checkFields(Obstacle.TOKEN_CHANGED, basis.key, record, fields)
                    .writeFields(basis.key, changed)
                    .removeFields(basis.key, empty.keySet()))
        .thenApply(commit -> commit instanceof Commit.Done);
  }
}
