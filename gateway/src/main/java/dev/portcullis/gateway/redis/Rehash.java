package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.TokenHash;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.CompletionStage;

/** The move of a token's record from one hash of its secret to another, in one script. */
final class Rehash {
  private static final String SCRIPT =
      """
      local id = redis.call('HGET', KEYS[1], 'id')
      if not id or redis.call('EXISTS', KEYS[2]) == 1 then return 'moved' end
      redis.call('HSET', KEYS[3], id, ARGV[1])
      redis.call('RENAME', KEYS[1], KEYS[2])
      return 'done'
      """;

  private Rehash() {}

  /** Does nothing where there is nothing to move, or something in the way. */
  static CompletionStage<String> move(
      RedisAsyncCommands<String, String> redis, TokenHash from, TokenHash to) {
    return redis.eval(
        SCRIPT,
        ScriptOutputType.VALUE,
        new String[] {Keys.token(from), Keys.token(to), Keys.TOKEN_HASHES},
        to.text());
  }
}
