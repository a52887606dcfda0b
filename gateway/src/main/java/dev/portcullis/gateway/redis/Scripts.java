package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenDetails;
import dev.portcullis.gateway.token.TokenHash;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The writes, each one Lua script: Redis runs it whole or, when its first write is refused, not at
 * all. Each answers with one word.
 */
final class Scripts {
  /** It is done. */
  static final String DONE = "done";

  private static final String CREATE_PRINCIPAL =
      """
      if redis.call('EXISTS', KEYS[1]) == 1 then return 'id' end
      redis.call('HSET', KEYS[1], unpack(ARGV, 2))
      redis.call('ZADD', KEYS[2], 0, ARGV[1])
      return 'done'
      """;

  private static final String CREATE_TOKEN =
      """
      if redis.call('EXISTS', KEYS[1]) == 0 then return 'principal' end
      if redis.call('EXISTS', KEYS[2]) == 1 then return 'secret' end
      if redis.call('HEXISTS', KEYS[4], ARGV[3]) == 1 then return 'secret' end
      if redis.call('HEXISTS', KEYS[3], ARGV[1]) == 1 then return 'id' end
      redis.call('HSET', KEYS[2], unpack(ARGV, 4))
      redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
      if ARGV[3] ~= '' then redis.call('HSET', KEYS[4], ARGV[3], ARGV[1]) end
      for i = 5, #KEYS do redis.call('ZADD', KEYS[i], 0, ARGV[1]) end
      return 'done'
      """;

  private static final String REVOKE =
      """
      if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 'moved' end
      if redis.call('HGET', KEYS[2], 'v') ~= ARGV[3] then return 'moved' end
      redis.call('HSETNX', KEYS[2], 'revokedAt', ARGV[4])
      return 'done'
      """;

  private static final String REHASH =
      """
      local id = redis.call('HGET', KEYS[1], 'id')
      if not id or redis.call('EXISTS', KEYS[2]) == 1 then return 'moved' end
      if ARGV[2] ~= '' then redis.call('HSET', KEYS[4], ARGV[2], id) end
      redis.call('HSET', KEYS[3], id, ARGV[1])
      redis.call('RENAME', KEYS[1], KEYS[2])
      return 'done'
      """;

  private static final String IMPORTED = "sha256:";

  private Scripts() {}

  /** Answers {@code id} where there is one with this id. */
  static CompletionStage<String> create(
      RedisAsyncCommands<String, String> redis, Principal principal) {
    return run(
        redis,
        CREATE_PRINCIPAL,
        List.of(Keys.principal(principal.id()), Keys.PRINCIPAL_IDS),
        List.of(principal.id()),
        PrincipalRecord.write(principal));
  }

  /** Answers {@code principal}, {@code secret} or {@code id} where that is what forbids it. */
  static CompletionStage<String> create(
      RedisAsyncCommands<String, String> redis,
      TokenDetails token,
      TokenHash hash,
      Optional<String> organization) {
    String principal = token.token().principalId();
    List<String> keys =
        new ArrayList<>(
            List.of(
                Keys.principal(principal),
                Keys.token(hash),
                Keys.TOKEN_HASHES,
                Keys.IMPORTED,
                Keys.TOKEN_IDS,
                Keys.tokensOfPrincipal(principal)));
    organization.map(Keys::tokensOfOrganization).ifPresent(keys::add);
    return run(
        redis,
        CREATE_TOKEN,
        keys,
        List.of(token.token().id(), hash.text(), imported(hash)),
        TokenRecord.write(token));
  }

  /** Answers {@code moved} where the record is no longer under this hash. */
  static CompletionStage<String> revoke(
      RedisAsyncCommands<String, String> redis, String id, TokenHash hash, Instant at) {
    return run(
        redis,
        REVOKE,
        List.of(Keys.TOKEN_HASHES, Keys.token(hash)),
        List.of(id, hash.text(), Fields.VERSION, at.toString()),
        Map.of());
  }

  /** Answers {@code moved} where there is nothing to move, or something in the way. */
  static CompletionStage<String> rehash(
      RedisAsyncCommands<String, String> redis, TokenHash from, TokenHash to) {
    return run(
        redis,
        REHASH,
        List.of(Keys.token(from), Keys.token(to), Keys.TOKEN_HASHES, Keys.IMPORTED),
        List.of(to.text(), imported(from)),
        Map.of());
  }

  private static String imported(TokenHash hash) {
    return hash.text().startsWith(IMPORTED) ? hash.text().substring(IMPORTED.length()) : "";
  }

  private static CompletionStage<String> run(
      RedisAsyncCommands<String, String> redis,
      String script,
      List<String> keys,
      List<String> arguments,
      Map<String, String> record) {
    List<String> all = new ArrayList<>(arguments);
    record.forEach(
        (field, value) -> {
          all.add(field);
          all.add(value);
        });
    return redis.eval(
        script, ScriptOutputType.VALUE, keys.toArray(String[]::new), all.toArray(String[]::new));
  }
}
