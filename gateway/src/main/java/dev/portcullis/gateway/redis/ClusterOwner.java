package dev.portcullis.gateway.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.models.slots.ClusterSlotRange;
import io.lettuce.core.cluster.models.slots.ClusterSlotsParser;
import io.lettuce.core.codec.StringCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private RedisURI owner(List<Object> slots, RedisURI asked) {
    Map<String, RedisURI> known = new LinkedHashMap<>();
    Optional<RedisURI> owner = Optional.empty();
    for (ClusterSlotRange range : ClusterSlotsParser.parse(slots)) {
      RedisURI master = named(range.getUpstream().getUri(), asked);
      known.put(address(master), master);
      range.getReplicaNodes().stream()
          .map(replica -> named(replica.getUri(), asked))
          .forEach(replica -> known.put(address(replica), replica));
      if (range.getFrom() <= Keys.SLOT && Keys.SLOT <= range.getTo()) {
        owner = Optional.of(master);
      }
    }
    seeds.forEach(seed -> known.putIfAbsent(address(seed), seed));
    nodes = List.copyOf(known.values());
    return owner.orElseThrow(() -> new Failures.NotConnected("no node owns the slot"));
  }

  /** The node as it named itself; one that knows no name for itself is where it was asked. */
  private static RedisURI named(RedisURI node, RedisURI asked) {
    String host = node.getHost().isEmpty() ? asked.getHost() : node.getHost();
    return Nodes.at(host, node.getPort(), asked);
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
            .exceptionallyCompose(
                e ->
                    Failures.isAnswer(e)
                        ? CompletableFuture.completedStage(Optional.of(Failures.cause(e)))
                        : CompletableFuture.failedStage(e));
    return NodeLocator.unlessMaster(connection)
        .thenCombine(disowned, (objection, other) -> objection.or(() -> other));
  }
}
