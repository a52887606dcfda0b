package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.SecretText;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Parameters in a map; a test can have the next put or deletion go otherwise. */
public final class InMemoryParameters implements ParameterStore, ParameterReader {
  private final Map<String, Found> kept = new ConcurrentHashMap<>();

  /** What a put gives instead of what it otherwise would; it is done all the same. */
  public volatile Supplier<Optional<Put>> answer = Optional::empty;

  /** Runs when one has been put, before that is told. */
  public volatile Runnable behind = () -> {};

  /** The key that the last put asked for. */
  public volatile Optional<String> key = Optional.empty();

  /** Whether nothing can be deleted. */
  public volatile boolean stuck;

  /** Whether gateways with other registries put theirs here, all by names that are not apart. */
  public volatile boolean shared;

  private String place(Optional<String> organization, String name) {
    return shared ? name : organization.orElse("") + name;
  }

  @Override
  public CompletionStage<Put> put(Parameter parameter, Optional<String> key, SecretText value) {
    this.key = key;
    Optional<Put> instead = answer.get();
    if (instead.isPresent() && !(instead.get() instanceof Unknown)) {
      return CompletableFuture.completedStage(instead.get());
    }
    Found before =
        kept.putIfAbsent(
            place(parameter.organization(), parameter.name()), new Found(parameter, value));
    Put made =
        instead.orElseGet(
            () ->
                before == null ? new Stored() : new Taken(Optional.of(before.parameter().token())));
    // Who asks may be the thread that Redis' answers come by, which what runs may wait for.
    return CompletableFuture.runAsync(behind, Thread::startVirtualThread).thenApply(_ -> made);
  }

  @Override
  public CompletionStage<Deletion> delete(Parameter parameter) {
    if (stuck) {
      return CompletableFuture.completedStage(Deletion.LEFT);
    }
    String place = place(parameter.organization(), parameter.name());
    Found found = kept.get(place);
    return CompletableFuture.completedStage(
        found != null
                && found.parameter().token().equals(parameter.token())
                && kept.remove(place, found)
            ? Deletion.DELETED
            : Deletion.ABSENT);
  }

  @Override
  public boolean isShared() {
    return shared;
  }

  @Override
  public CompletionStage<Outcome<Found>> read(Optional<String> organization, String name) {
    Found found = kept.get(place(organization, name));
    return CompletableFuture.completedStage(
        found == null ? new Outcome.NotFound<>() : new Outcome.Done<>(found));
  }

  /** All that is there, by name. */
  public Map<String, Found> all() {
    return Map.copyOf(kept);
  }
}
