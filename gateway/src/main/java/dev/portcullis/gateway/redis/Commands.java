package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.Commit.Obstacle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Redis commands that are to be run together: first the checks, and if all hold the writes. The
 * first argument of each is its key.
 *
 * @param checks what must hold
 * @param writes what is then done
 */
record Commands(List<Check> checks, List<List<String>> writes) {

  /**
   * A question to Redis and the answer it must give.
   *
   * @param obstacle what it means when it does not
   * @param command the question
   * @param answer each element of the reply, as {@link #is} or {@link #NONE}
   */
  record Check(Obstacle obstacle, List<String> command, List<String> answer) {}

  /** The answer that there is nothing. */
  static final String NONE = "-";

  /** The answer that is this. */
  static String is(Object value) {
    return "=" + value;
  }

  static Commands none() {
    return new Commands(new ArrayList<>(), new ArrayList<>());
  }

  Commands check(Obstacle obstacle, List<String> command, List<String> answer) {
    checks.add(new Check(obstacle, command, answer));
    return this;
  }

  Commands checkAbsent(Obstacle obstacle, String key) {
    return check(obstacle, List.of("EXISTS", key), List.of(is(0)));
  }

  /** That these fields of a hash are as in {@code expected}, and missing where it has none. */
  Commands checkFields(
      Obstacle obstacle, String key, Map<String, String> expected, Collection<String> fields) {
    List<String> command = new ArrayList<>(List.of("HMGET", key));
    List<String> answer = new ArrayList<>();
    for (String field : new TreeSet<>(fields)) {
      command.add(field);
      answer.add(expected.containsKey(field) ? is(expected.get(field)) : NONE);
    }
    return check(obstacle, command, answer);
  }

  Commands write(String... command) {
    writes.add(List.of(command));
    return this;
  }

  Commands writeFields(String key, Map<String, String> fields) {
    if (!fields.isEmpty()) {
      List<String> command = new ArrayList<>(List.of("HSET", key));
      fields.forEach(
          (field, value) -> {
            command.add(field);
            command.add(value);
          });
      writes.add(command);
    }
    return this;
  }

  Commands removeFields(String key, Collection<String> fields) {
    if (!fields.isEmpty()) {
      List<String> command = new ArrayList<>(List.of("HDEL", key));
      command.addAll(fields);
      writes.add(command);
    }
    return this;
  }

  Commands index(String key, String member) {
    return write("ZADD", key, "0", member);
  }

  Commands unindex(String key, String member) {
    return write("ZREM", key, member);
  }
}
