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
  private static final int ATTEMPTS = 5;
  private static final double ALMOST_ALL = 0.98;

  /** After which the gateway has written down the last uses, and let go of them. */
  static final Duration SETTLED = Duration.ofSeconds(75);

  /** Presents each good one of these tokens, which are in Redis already. */
  static TokenHeap measure(Bench bench, Gateway gateway, SeededTokens tokens)
      throws IOException, InterruptedException {
    HeapHistogram before = cached(bench, gateway, tokens, FEW);
    double few = cached(gateway);
    HeapHistogram after = cached(bench, gateway, tokens, tokens.count());
    return new TokenHeap(cached(gateway) - few, before, after);
  }

  /** The heap with the first so many cached; a cache that was emptied meanwhile is filled again. */
  private static HeapHistogram cached(Bench bench, Gateway gateway, SeededTokens tokens, int count)
      throws IOException, InterruptedException {
    List<Credential> credentials =
        IntStream.range(0, count)
            .filter(i -> !tokens.revoked(i))
            .mapToObj(
                i -> new Credential(tokens.id(i), tokens.secrets().secret(i), tokens.email(i)))
            .toList();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      present(bench, gateway, credentials);
      bench.say("letting " + SETTLED.toSeconds() + " s pass, in which last uses are written down");
      Bench.pass(SETTLED);
      double kept = cached(gateway);
      if (kept >= credentials.size() * ALMOST_ALL) {
        return gateway.target().child().heap();
      }
      bench.say("only " + Figure.text(kept) + " of " + credentials.size() + " are cached");
    }
    throw new IOException("the near cache was emptied again and again: is the machine too busy?");
  }

  private static void present(Bench bench, Gateway gateway, List<Credential> credentials)
      throws IOException {
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
