package dev.portcullis.load;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All of the gateway's records and indexes, as Redis has them at one moment (see {@code
 * gateway/RECORDS.md}).
 *
 * @param tokens records by token id
 * @param hashes by token id, the hash under which the record is
 * @param principals records by id
 * @param indexes members by key, the tag left out
 */
record Keyspace(
    Map<String, Map<String, String>> tokens,
    Map<String, String> hashes,
    Map<String, Map<String, String>> principals,
    Map<String, Set<String>> indexes) {
  static final String TAG = "{portcullis}:";
  static final String DELETIONS = TAG + "deletions";
  private static final int AT_ONCE = 1_000;

  static Keyspace read(Redis redis) {
    RedisCommands<String, String> commands = redis.commands();
    Map<String, Map<String, String>> tokens = new HashMap<>();
    Map<String, String> places = new HashMap<>();
    for (String key : keys(commands, "token:*")) {
      Map<String, String> record = commands.hgetall(key);
      tokens.put(record.getOrDefault("id", ""), record);
      places.put(record.getOrDefault("id", ""), key.substring((TAG + "token:").length()));
    }
    Map<String, Map<String, String>> principals = new HashMap<>();
    for (String key : keys(commands, "principal:*")) {
      principals.put(key.substring((TAG + "principal:").length()), commands.hgetall(key));
    }
    Map<String, Set<String>> indexes = new HashMap<>();
    for (String pattern : Set.of("*-ids", "live-by-*", "principal-tokens:*", "organization-*:*")) {
      for (String key : keys(commands, pattern)) {
        indexes.put(key.substring(TAG.length()), new HashSet<>(commands.zrange(key, 0, -1)));
      }
    }
    // What the index of hashes says differently from the records is nobody's place.
    Map<String, String> hashes = new HashMap<>(commands.hgetall(TAG + "token-hashes"));
    hashes.replaceAll((id, hash) -> hash.equals(places.get(id)) ? hash : "");
    return new Keyspace(tokens, hashes, principals, indexes);
  }

  private static Set<String> keys(RedisCommands<String, String> commands, String pattern) {
    Set<String> keys = new HashSet<>();
    ScanArgs args = ScanArgs.Builder.limit(AT_ONCE).match(TAG + pattern);
    KeyScanCursor<String> found = commands.scan(args);
    keys.addAll(found.getKeys());
    while (!found.isFinished()) {
      found = commands.scan(ScanCursor.of(found.getCursor()), args);
      keys.addAll(found.getKeys());
    }
    return keys;
  }

  /** A token's record; empty where there is none. */
  Map<String, String> token(String id) {
    return tokens.getOrDefault(id, Map.of());
  }

  /** A principal's record; empty where there is none. */
  Map<String, String> principal(String id) {
    return principals.getOrDefault(id, Map.of());
  }

  /** Whether a request with this token is to be admitted. */
  boolean isGood(Map<String, String> token) {
    return !token.isEmpty()
        && !token.containsKey("revokedAt")
        && principal(token.getOrDefault("principal", ""))
            .getOrDefault("enabled", "false")
            .equals("true");
  }
}
