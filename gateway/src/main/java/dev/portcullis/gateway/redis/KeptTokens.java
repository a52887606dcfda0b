package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.token.LastUse;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.TokenHash;
import io.lettuce.core.KeyValue;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads tokens with all that is kept of them. */
final class KeptTokens {
  private KeptTokens() {}

  /** The tokens with these ids, in order, but for those that are not there. */
  static CompletionStage<List<Lookup<KeptToken>>> byIds(
      RedisAsyncCommands<String, String> redis, List<String> ids) {
    String[] names = ids.toArray(String[]::new);
    return redis
        .hmget(Keys.TOKEN_HASHES, names)
        .thenCombine(redis.hmget(Keys.LAST_USES, names), KeptTokens::places)
        .thenCompose(
            places ->
                Listing.all(
                    places,
                    place ->
                        place
                            .hash()
                            .map(hash -> at(redis, hash, place.lastUse))
                            .orElseGet(KeptTokens::nowhere)));
  }

  private static CompletionStage<Lookup<KeptToken>> at(
      RedisAsyncCommands<String, String> redis, TokenHash hash, Optional<LastUse> lastUse) {
    return redis.hgetall(Keys.token(hash)).thenApply(record -> kept(hash, lastUse, record));
  }

  private static CompletionStage<Lookup<KeptToken>> nowhere() {
    return CompletableFuture.completedStage(
        new Lookup.Unreadable<>("what the index has for its id is no hash"));
  }

  /** The token with this hash, also one that is in no index. */
  static CompletionStage<Lookup<KeptToken>> byHash(
      RedisAsyncCommands<String, String> redis, TokenHash hash) {
    return redis
        .hgetall(Keys.token(hash))
        .thenCompose(
            record ->
                record.isEmpty()
                    ? CompletableFuture.completedStage(new Lookup.Absent<>())
                    : redis
                        .hget(Keys.LAST_USES, record.getOrDefault("id", ""))
                        .thenApply(use -> kept(hash, use(use), record)));
  }

  private static Optional<LastUse> use(@Nullable String written) {
    return Optional.ofNullable(written).flatMap(UseRecord::read);
  }

  private record Place(Optional<TokenHash> hash, Optional<LastUse> lastUse) {}

  private static List<Place> places(
      List<KeyValue<String, String>> hashes, List<KeyValue<String, String>> uses) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < hashes.size(); i++) {
      if (hashes.get(i).hasValue()) {
        places.add(
            new Place(
                TokenHash.read(hashes.get(i).getValue()), use(uses.get(i).getValueOrElse(null))));
      }
    }
    return places;
  }

  private static Lookup<KeptToken> kept(
      TokenHash hash, Optional<LastUse> lastUse, Map<String, String> record) {
    return switch (TokenRecord.details(record)) {
      case Lookup.Found(var details) -> new Lookup.Found<>(new KeptToken(details, hash, lastUse));
      case Lookup.Absent<?> it -> new Lookup.Absent<>();
      case Lookup.Unreadable<?>(String problem) -> new Lookup.Unreadable<>(problem);
      case Lookup.Unavailable<?>(String cause) -> new Lookup.Unavailable<>(cause);
    };
  }
}
