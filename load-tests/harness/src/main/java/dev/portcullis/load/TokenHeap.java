package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * What tokens in a gateway's near cache take of its heap: the difference between many and few.
 *
 * @param tokens by how many more were cached
 * @param before with few of them, but all of their owners
 * @param after with many
 */
record TokenHeap(double tokens, HeapHistogram before, HeapHistogram after) {
  static final int SEEDED = 100_000;

  /** So many have all owners among theirs. */
  private static final int FEW = 20_000;

  private static final int WORKERS = 16;
  private static final int CLASSES = 20;

  /** After which the gateway has written down the last uses, and let go of them. */
  static final Duration SETTLED = Duration.ofSeconds(75);

  /** Presents each good one of these tokens, which are in Redis already, once. */
  static TokenHeap measure(Bench bench, Gateway gateway, SeededTokens tokens)
      throws IOException, InterruptedException {
    ask(bench, gateway, tokens, 0, FEW);
    HeapHistogram before = settled(bench, gateway);
    double few = cached(gateway);
    ask(bench, gateway, tokens, FEW, tokens.count());
    HeapHistogram after = settled(bench, gateway);
    return new TokenHeap(cached(gateway) - few, before, after);
  }

  private static void ask(Bench bench, Gateway gateway, SeededTokens tokens, int from, int to)
      throws IOException {
    List<Credential> credentials =
        IntStream.range(from, to)
            .filter(i -> !tokens.revoked(i))
            .mapToObj(
                i -> new Credential(tokens.id(i), tokens.secrets().secret(i), tokens.email(i)))
            .toList();
    URI uri = gateway.at(PolicyFiles.ONE_ROUTE.path(0));
    ConcurrentLinkedQueue<Credential> left = new ConcurrentLinkedQueue<>(credentials);
    try (Caller caller = new Caller()) {
      List<Sample> samples =
          Burst.run(
              WORKERS,
              credentials.size(),
              done -> bench.say(done + " of " + credentials.size() + " tokens presented"),
              () -> caller.get(uri, left.remove()));
      long refused = samples.size() - Sample.count(samples, 200);
      if (refused * 100 > samples.size()) {
        throw new IOException("refused: " + Sample.statuses(samples));
      }
    }
  }

  private static HeapHistogram settled(Bench bench, Gateway gateway)
      throws IOException, InterruptedException {
    bench.say("letting " + SETTLED.toSeconds() + " s pass, in which last uses are written down");
    Bench.pass(SETTLED);
    return gateway.target().child().heap();
  }

  private static double cached(Gateway gateway) throws IOException, InterruptedException {
    return gateway.control().metrics().sum("portcullis_cache_size", "cache", "tokens");
  }

  /** Bytes of heap a token. */
  double each() {
    return (after.total() - before.total()) / tokens;
  }

  Chart chart() {
    return new Chart(
        "Heap a cached token", "bytes", Chart.Better.LOWER, List.of(Bar.of("portcullis", each())));
  }

  /** What they are made of. */
  Table classes() {
    Table table =
        Table.of("Classes that grew, " + Figure.text(tokens) + " tokens", "class", "bytes a token");
    for (var growth : after.growth(before, CLASSES)) {
      table = table.with(growth.getKey(), growth.getValue() / tokens);
    }
    return table;
  }
}
