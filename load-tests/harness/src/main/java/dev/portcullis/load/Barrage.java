package dev.portcullis.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A load of prepared requests at a pace, by one thread over plain connections, until it is stopped.
 * Where all connections wait for answers the pace waits too, and what was due meanwhile is not sent
 * later.
 */
final class Barrage {
  private static final Executor THREADS = command -> Thread.ofPlatform().daemon().start(command);
  private static final long TICK_MILLIS = 1;

  private final Plan plan;
  private final Supplier<byte[]> requests;
  private final @Nullable Pipeline[] pipelines;
  private final List<Sample> samples = new ArrayList<>();
  private final CompletableFuture<Void> ended;
  private volatile boolean stopped;

  private Barrage(Plan plan, Supplier<byte[]> requests) {
    this.plan = plan;
    this.requests = requests;
    this.pipelines = new @Nullable Pipeline[plan.connections];
    this.ended = CompletableFuture.runAsync(this::run, THREADS);
  }

  /**
   * How to send.
   *
   * @param from the loopback address to send from
   * @param connections open at once; a closed one is opened again when it is needed
   * @param ahead the most requests that one connection has unanswered
   * @param perSecond requests to begin a second, over all connections
   */
  record Plan(InetAddress from, URI to, int connections, int ahead, int perSecond) {
    InetSocketAddress peer() {
      return new InetSocketAddress(to.getHost(), to.getPort());
    }
  }

  /** Starts at once. */
  static Barrage start(Plan plan, Supplier<byte[]> requests) {
    return new Barrage(plan, requests);
  }

  /** Begins no more requests. */
  void end() {
    stopped = true;
  }

  /** Sends no more. What was sent, and its answers; those that did not come yet have status 0. */
  List<Sample> stop() {
    end();
    ended.join();
    return samples;
  }

  private void run() {
    try (Selector selector = Selector.open()) {
      long start = System.nanoTime();
      double begun = 0;
      for (int turn = 0; !stopped; turn++) {
        double due = (System.nanoTime() - start) / 1e9 * plan.perSecond;
        int sent = send(selector, (int) (due - begun), turn);
        begun = Math.max(begun + sent, due - (double) plan.connections * plan.ahead);
        selector.select(this::receive, TICK_MILLIS);
      }
      drain(selector);
    } catch (IOException e) {
      throw new IllegalStateException("the load cannot go on", e);
    }
  }

  /** Begins up to that many requests, each on a connection with room. How many it began. */
  private int send(Selector selector, int due, int turn) throws IOException {
    int sent = 0;
    for (int i = 0; i < pipelines.length && sent < due; i++) {
      int at = (i + turn) % pipelines.length;
      Pipeline pipeline = pipelines[at];
      if (pipeline == null || !pipeline.isOpen()) {
        pipeline = Pipeline.open(plan.from, plan.peer(), selector);
        pipelines[at] = pipeline;
      }
      for (int room = plan.ahead - pipeline.unanswered(); room > 0 && sent < due; room--) {
        pipeline.add(requests.get());
        sent++;
      }
      pipeline.flush(samples::add);
    }
    return sent;
  }

  private void receive(SelectionKey key) {
    Pipeline pipeline = (Pipeline) key.attachment();
    if (key.isValid() && key.isWritable()) {
      pipeline.flush(samples::add);
    }
    if (key.isValid() && key.isReadable()) {
      pipeline.read(samples::add);
    }
  }

  /** Waits a moment for what is under way. */
  private void drain(Selector selector) throws IOException {
    long end = System.nanoTime() + 1_000_000_000L;
    while (System.nanoTime() < end && unanswered() > 0) {
      selector.select(this::receive, TICK_MILLIS);
    }
    for (Pipeline pipeline : pipelines) {
      if (pipeline != null) {
        pipeline.abandon(samples::add);
      }
    }
  }

  private int unanswered() {
    int sum = 0;
    for (Pipeline pipeline : pipelines) {
      sum += pipeline == null ? 0 : pipeline.unanswered();
    }
    return sum;
  }
}
