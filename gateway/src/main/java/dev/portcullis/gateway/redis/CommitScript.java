package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.audit.Link;
import dev.portcullis.gateway.registry.Commit.Obstacle;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The one script that makes changes: in order, each whole, up to the first that something stands
 * against. What stands against one is found before its first write, which adds to the audit trail
 * and fails where that is out of order; Redis refuses a script's first write or none of them.
 */
final class CommitScript {
  private static final String SCRIPT =
      """
      local head = redis.call('GET', KEYS[1]) or ''
      local function result(made, word)
        return {tostring(made), word, head, redis.call('GET', KEYS[2]) or ''}
      end
      redis.call('GET', KEYS[2]) -- fails here, where nothing is written yet, or not at all
      if head ~= ARGV[1] then return result(0, 'race') end
      local at = 1
      local function take()
        at = at + 1
        return ARGV[at]
      end
      local function list()
        local items = {}
        for i = 1, tonumber(take()) do items[i] = take() end
        return items
      end
      local function text(reply)
        if reply == false then return '-' end
        return '=' .. tostring(reply)
      end
      local function holds(command, answer)
        local reply = redis.pcall(unpack(command))
        if type(reply) ~= 'table' then reply = {reply} end
        for i = 1, #answer do
          if text(reply[i]) ~= answer[i] then return false end
        end
        return true
      end
      local changes = tonumber(take())
      for made = 0, changes - 1 do
        for check = 1, tonumber(take()) do
          local obstacle = take()
          if not holds(list(), list()) then return result(made, obstacle) end
        end
        for write = 1, tonumber(take()) do redis.call(unpack(list())) end
        head = take()
        redis.call('SET', KEYS[1], head)
      end
      return result(changes, '')
      """;

  private static final String RACE = "race";

  private final Set<String> keys = new LinkedHashSet<>(List.of(Keys.AUDIT_HEAD, Keys.AUDIT_FLOOR));
  private final List<String> changes = new ArrayList<>();
  private final String expected;
  private int count;

  /** A script that does nothing unless the chain ends here. */
  CommitScript(Link expected) {
    this.expected = expected.written();
  }

  /**
   * What became of the changes.
   *
   * @param made how many, from the first on
   * @param obstacle what stood against the next; empty where all were made, or none was tried
   * @param raceLost whether none was tried, since the chain ended elsewhere
   * @param head where it ends now
   * @param floor the number that it was trimmed up to
   */
  record Result(int made, Optional<Obstacle> obstacle, boolean raceLost, Link head, long floor) {}

  /** One more change, after which the chain ends here. */
  void add(Commands commands, Link head) {
    count++;
    changes.add(Integer.toString(commands.checks().size()));
    for (Commands.Check check : commands.checks()) {
      changes.add(check.obstacle().name());
      add(check.command());
      add(check.answer());
      keys.add(check.command().get(1));
    }
    changes.add(Integer.toString(commands.writes().size()));
    for (List<String> write : commands.writes()) {
      add(write);
      keys.add(write.get(1));
    }
    changes.add(head.written());
  }

  private void add(List<String> items) {
    changes.add(Integer.toString(items.size()));
    changes.addAll(items);
  }

  CompletionStage<Result> run(RedisAsyncCommands<String, String> redis) {
    List<String> arguments = new ArrayList<>(changes.size() + 2);
    arguments.add(expected);
    arguments.add(Integer.toString(count));
    arguments.addAll(changes);
    return redis
        .<List<String>>eval(
            SCRIPT,
            ScriptOutputType.MULTI,
            keys.toArray(String[]::new),
            arguments.toArray(String[]::new))
        .thenApply(CommitScript::result);
  }

  private static Result result(List<String> reply) {
    String word = reply.get(1);
    return new Result(
        Integer.parseInt(reply.get(0)),
        word.isEmpty() || word.equals(RACE)
            ? Optional.empty()
            : Optional.of(Obstacle.valueOf(word)),
        word.equals(RACE),
        Link.parse(reply.get(2)),
        Floor.number(reply.get(3)));
  }
}
