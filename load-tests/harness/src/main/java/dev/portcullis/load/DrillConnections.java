package dev.portcullis.load;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One client's connections, one to each gateway: most requests go to the first, which is its own.
 * For one thread.
 */
final class DrillConnections implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final double OWN = 0.85;

  private final List<OperatorConnection> connections;
  private final DrillLog log;
  private final SplittableRandom random;
  private final long patience;

  /**
   * Over these connections.
   *
   * @param patience until when, in {@link System#nanoTime}, requests are sent again
   */
  DrillConnections(
      List<OperatorConnection> connections, DrillLog log, SplittableRandom random, long patience) {
    this.connections = connections;
    this.log = log;
    this.random = random;
    this.patience = patience;
  }

  private int any() {
    return random.nextDouble() < OWN ? 0 : 1;
  }

  /** Sends it once, to one of the gateways. */
  Answer once(String operation, String method, String path, String body) {
    Answer answer = connections.get(any()).send(method, path, body);
    log.answered(operation, answer);
    if (answer.unknown()) {
      Bench.pass(BETWEEN);
    }
    return answer;
  }

  /** Sends it, to the gateways in turn, until it is known what became of it. */
  Answer untilAnswered(String operation, String path, String body, String key) {
    int turn = any();
    Answer answer;
    do {
      answer = connections.get(turn++ % 2).sendOnce("POST", path, body, key);
      log.answered(operation, answer);
      if (answer.unknown()) {
        Bench.pass(BETWEEN);
      }
    } while (answer.unknown() && System.nanoTime() < patience);
    boolean answered = !answer.unknown();
    log.findings().expect(DrillRule.ANSWERED, answered, () -> operation + " " + path);
    return answer;
  }

  /** Sends it to both gateways at once, as an impatient client does. */
  List<Answer> twice(String operation, String path, String body, String key) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Answer>> both =
          connections.stream()
              .map(
                  each ->
                      CompletableFuture.supplyAsync(
                          () -> each.sendOnce("POST", path, body, key), threads))
              .toList();
      List<Answer> answers = both.stream().map(CompletableFuture::join).toList();
      answers.forEach(answer -> log.answered(operation + ", twice at once", answer));
      return answers;
    }
  }

  @Override
  public void close() {
    connections.forEach(OperatorConnection::close);
  }
}
