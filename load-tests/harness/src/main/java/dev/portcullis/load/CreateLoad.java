package dev.portcullis.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Workers that each ask for one new token after the other. */
final class CreateLoad implements AutoCloseable {
  static final int CREATED = 201;
  private static final String ID = "\"id\":\"";

  private final List<OperatorConnection> connections = new ArrayList<>();
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong asked = new AtomicLong();

  CreateLoad(ControlPlane control, int workers) {
    for (int i = 0; i < workers; i++) {
      connections.add(control.connect());
    }
  }

  /** The id of the principal whose tokens this worker asks for. */
  static String principal(int worker) {
    return "creates-" + worker;
  }

  /** The ids of all tokens that were made and answered for so far. */
  List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** How many were answered otherwise, or not at all. */
  long refused() {
    return refused.get();
  }

  /** Lets them ask for so long. */
  List<Sample> run(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    List<Sample> samples = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections.size())) {
      List<CompletableFuture<List<Sample>>> all = new ArrayList<>();
      for (int i = 0; i < connections.size(); i++) {
        int worker = i;
        all.add(CompletableFuture.supplyAsync(() -> work(worker, end), threads));
      }
      all.forEach(each -> samples.addAll(each.join()));
    }
    return samples;
  }

  private List<Sample> work(int worker, long end) {
    OperatorConnection connection = connections.get(worker);
    List<Sample> samples = new ArrayList<>();
    while (System.nanoTime() < end) {
      String body =
          """
          {"principal":"%s","kind":"api","name":"load %d","scopes":["dataset/logs/ingest:read"],\
          "expiresIn":"P90D","allowedAddresses":["127.0.0.0/8","::1/128"],"tags":{"team":"load"}}\
          """
              .formatted(principal(worker), asked.incrementAndGet());
      long sent = System.nanoTime();
      Answer answer = connection.send("POST", "/v1/tokens", body);
      samples.add(new Sample(sent, System.nanoTime(), answer.status()));
      if (answer.status() == CREATED) {
        acknowledged.add(id(answer.body()));
      } else {
        refused.incrementAndGet();
      }
    }
    return samples;
  }

  /** Found, not parsed: the harness shares the processors with what it measures. */
  private static String id(String body) {
    int start = body.indexOf(ID) + ID.length();
    return body.substring(start, body.indexOf('"', start));
  }

  @Override
  public void close() {
    connections.forEach(OperatorConnection::close);
  }
}
