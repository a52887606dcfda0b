package dev.portcullis.gateway.redis;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Redis Cluster of three masters. */
final class TestCluster implements AutoCloseable {
  private static final int SLOTS = 16384;
  private static final int SHARE = SLOTS / 3 + 1;

  private final List<RedisProcess> nodes;

  private TestCluster(List<RedisProcess> nodes) {
    this.nodes = nodes;
  }

  static TestCluster start(Path temp) {
    List<RedisProcess> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      nodes.add(RedisProcess.start(temp, "cluster-enabled yes", "cluster-node-timeout 2000"));
    }
    for (int i = 0; i < 3; i++) {
      List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
      for (int slot = i * SHARE; slot < Math.min(SLOTS, (i + 1) * SHARE); slot++) {
        command.add(Integer.toString(slot));
      }
      nodes.get(i).run(command.toArray(String[]::new));
      nodes.get(i).run("CLUSTER", "MEET", "127.0.0.1", port(nodes.getFirst()));
    }
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(20))
        .until(() -> nodes.stream().allMatch(TestCluster::isComplete));
    return new TestCluster(nodes);
  }

  private static boolean isComplete(RedisProcess node) {
    String info = node.run("CLUSTER", "INFO");
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
  }

  /** The master of the records' slot, in a cluster just started. */
  RedisProcess owner() {
    return nodes.get(Keys.SLOT / SHARE);
  }

  /** A master of other slots, in a cluster just started. */
  RedisProcess stranger() {
    return nodes.get((Keys.SLOT / SHARE + 1) % 3);
  }

  /** Gives the records' slot, with all keys, from the owner to the stranger. */
  void moveSlot() {
    String slot = Integer.toString(Keys.SLOT);
    String to = stranger().run("CLUSTER", "MYID");
    stranger().run("CLUSTER", "SETSLOT", slot, "IMPORTING", owner().run("CLUSTER", "MYID"));
    owner().run("CLUSTER", "SETSLOT", slot, "MIGRATING", to);
    try (RedisCli cli = owner().cli()) {
      for (String key : cli.list("CLUSTER", "GETKEYSINSLOT", slot, "1000")) {
        cli.run(
            "MIGRATE",
            "127.0.0.1",
            port(stranger()),
            key,
            "0",
            "5000",
            "AUTH",
            RedisProcess.PASSWORD);
      }
    }
    stranger().run("CLUSTER", "SETSLOT", slot, "NODE", to);
    owner().run("CLUSTER", "SETSLOT", slot, "NODE", to);
  }

  private static String port(RedisProcess node) {
    return Integer.toString(node.port());
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
