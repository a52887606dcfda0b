package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Parameter;
import dev.portcullis.gateway.registry.ParameterReader;
import dev.portcullis.gateway.registry.ParameterStore;
import dev.portcullis.gateway.token.SecretText;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The built-in parameter store: in Redis, encrypted under keys that Redis does not have. */
final class RedisParameters implements ParameterStore, ParameterReader {
  private static final Logger LOG = LoggerFactory.getLogger(RedisParameters.class);

  private static final String PUT =
      """
      if redis.call('EXISTS', KEYS[1]) == 1 then return redis.call('HGET', KEYS[1], 'token') or '' end
      redis.call('HSET', KEYS[1], unpack(ARGV))
      return 'stored'
      """;
  private static final String STORED = "stored";
  private static final String DELETE =
      """
      if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 'absent' end
      redis.call('DEL', KEYS[1])
      return 'deleted'
      """;

  private static final String DELETED = "deleted";

  private final RedisConnection redis;
  private final ParameterKeys keys;

  RedisParameters(RedisConnection redis, ParameterKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  @Override
  public CompletionStage<Put> put(Parameter parameter, Optional<String> key, SecretText value) {
    Optional<String> chosen = keys.chosen(key);
    if (chosen.isEmpty()) {
      return CompletableFuture.completedStage(new Refused("storage.key", objection(key)));
    }
    List<String> fields = new ArrayList<>();
    ParameterRecord.write(parameter, chosen.get(), keys, value)
        .forEach(
            (name, text) -> {
              fields.add(name);
              fields.add(text);
            });
    return redis
        .ask(
            commands ->
                commands.<String>eval(
                    PUT,
                    ScriptOutputType.VALUE,
                    new String[] {Keys.parameter(parameter.organization(), parameter.name())},
                    fields.toArray(String[]::new)))
        .handle(RedisParameters::result);
  }

  private String objection(Optional<String> key) {
    if (keys.ids().isEmpty()) {
      return "the gateway has no key: portcullis.parameters.keys is not set";
    }
    return (key.isPresent() ? "is no key of this gateway; " : "is required; ")
        + "there is "
        + keys.ids();
  }

  private static Put result(@Nullable String answer, @Nullable Throwable failure) {
    if (answer != null) {
      return answer.equals(STORED)
          ? new Stored()
          : new Taken(Optional.of(answer).filter(token -> !token.isEmpty()));
    }
    Throwable why = failure == null ? new IllegalStateException() : failure;
    String cause = Failures.cause(why);
    return Failures.isAnswer(why) ? new Failed(cause) : new Unknown(cause);
  }

  @Override
  public CompletionStage<Deletion> delete(Parameter parameter) {
    return redis
        .ask(
            commands ->
                commands.<String>eval(
                    DELETE,
                    ScriptOutputType.VALUE,
                    new String[] {Keys.parameter(parameter.organization(), parameter.name())},
                    parameter.token()))
        .handle(
            (answer, failure) -> {
              if (failure == null) {
                return answer.equals(DELETED) ? Deletion.DELETED : Deletion.ABSENT;
              }
              LOG.warn(
                  "parameter {} of token {} could not be deleted, and may be left: {}",
                  parameter.name(),
                  parameter.token(),
                  Failures.cause(failure));
              return Deletion.LEFT;
            });
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public CompletionStage<Outcome<Found>> read(Optional<String> organization, String name) {
    return redis.answer(
        commands ->
            commands
                .hgetall(Keys.parameter(organization, name))
                .thenApply(record -> read(organization, name, record)));
  }

  private Outcome<Found> read(
      Optional<String> organization, String name, Map<String, String> record) {
    Outcome<Found> outcome =
        RedisTokenRegistry.outcome(ParameterRecord.found(organization, name, keys, record));
    if (outcome instanceof Outcome.Conflict<Found>(String field, String detail)) {
      LOG.error("parameter {} cannot be read: {}", name, detail);
    }
    return outcome;
  }
}
