package dev.portcullis.gateway.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The master of the one slot in which all keys are. */
final class ClusterOwner implements NodeLocator {
  private final RedisClient client;
  private final List<RedisURI> seeds;
  private volatile List<RedisURI> nodes;

  ClusterOwner(RedisClient client, List<RedisURI> seeds) {
    this.client = client;
    this.seeds = List.copyOf(seeds);
    this.nodes = this.seeds;
  }

  @Override
  public CompletionStage<RedisURI> locate() {
    CompletionStage<RedisURI> found =
        CompletableFuture.failedStage(new Failures.NotConnected("no node of the cluster"));
    for (RedisURI node : nodes) {
      found = found.exceptionallyCompose(unreachable -> ask(node));
    }
    return found;
  }

  private CompletionStage<RedisURI> ask(RedisURI node) {
    return client
        .connectAsync(StringCodec.UTF8, node)
        .thenCompose(
            connection ->
                connection
                    .async()
                    .clusterSlots()
                    .thenApply(slots -> owner(slots, node))
                    .whenComplete((owner, failure) -> Nodes.close(connection)));
  }

  /**
   * Reads the answer to {@code CLUSTER SLOTS}: lists of first slot, last slot, master, replicas.
   */
  private RedisURI owner(List<Object> ranges, RedisURI asked) {
    Map<String, RedisURI> known = new LinkedHashMap<>();
    Optional<RedisURI> owner = Optional.empty();
    for (Object range : ranges) {
      if (range instanceof List<?> parts && parts.size() > 2) {
        List<RedisURI> members =
            parts.subList(2, parts.size()).stream().map(node -> node(node, asked)).toList();
        members.forEach(member -> known.put(address(member), member));
        if (number(parts.get(0)) <= Keys.SLOT && Keys.SLOT <= number(parts.get(1))) {
          owner = Optional.of(members.getFirst());
        }
      }
    }
    seeds.forEach(seed -> known.putIfAbsent(address(seed), seed));
    nodes = List.copyOf(known.values());
    return owner.orElseThrow(() -> new Failures.NotConnected("no node owns the slot"));
  }

  /** A node as it names itself; one that knows no name for itself is where it was asked. */
  private static RedisURI node(Object written, RedisURI asked) {
    if (written instanceof List<?> parts && parts.size() > 1) {
      String host = Objects.toString(parts.get(0), "");
      return Nodes.at(host.isEmpty() ? asked.getHost() : host, number(parts.get(1)), asked);
    }
    throw new Failures.NotConnected("the cluster's answer is not understood");
  }

  private static int number(Object written) {
    return written instanceof Long number ? Math.toIntExact(number) : -1;
  }

  private static String address(RedisURI node) {
    return node.getHost() + ":" + node.getPort();
  }

  @Override
  public CompletionStage<Optional<String>> objection(
      RedisURI node, RedisAsyncCommands<String, String> connection) {
    // A node that lost the slot, or the majority, says so when asked for a key.
    CompletionStage<Optional<String>> disowned =
        connection
            .exists(Keys.PROBE)
            .thenApply(none -> Optional.<String>empty())
            .exceptionallyCompose(ClusterOwner::answer);
    return NodeLocator.unlessMaster(connection)
        .thenCombine(disowned, (objection, other) -> objection.or(() -> other));
  }

  private static CompletionStage<Optional<String>> answer(Throwable failure) {
    if (!Failures.isAnswer(failure)) {
      return CompletableFuture.failedStage(failure);
    }
    // ASK: the slot is being moved away, and until it has been this node is its owner.
    return CompletableFuture.completedStage(
        Failures.isAnswer(failure, "ASK")
            ? Optional.empty()
            : Optional.of(Failures.cause(failure)));
  }
}
