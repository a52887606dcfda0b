package dev.portcullis.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** An answer that comes line by line, for as long as it likes, but not in silence. */
final class LineStream {
  static final String NDJSON = "application/x-ndjson";
  static final String EVENTS = "text/event-stream";

  private static final int LONGEST = 1 << 20;

  private final AtomicLong steps = new AtomicLong();
  private volatile boolean waiting = true;
  private final InputStream body;
  private final Duration silence;

  private LineStream(InputStream body, Duration silence) {
    this.body = body;
    this.silence = silence;
  }

  /**
   * Gives each line to {@code taker} until there are no more.
   *
   * @throws IOException when the connection is lost, nothing comes for {@code silence} to twice
   *     that, or a line is longer than 1 MiB
   */
  static void take(InputStream body, Duration silence, Consumer<String> taker) throws IOException {
    LineStream stream = new LineStream(body, silence);
    stream.watch(-1);
    BoundedLines lines = new BoundedLines(body, LONGEST);
    for (Optional<BoundedLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      if (line.get().cut()) {
        throw new IOException("a line of the answer is longer than 1 MiB");
      }
      stream.waiting = false;
      taker.accept(line.get().text());
      stream.steps.incrementAndGet();
      stream.waiting = true;
    }
  }

  /** Reading has no time-out of its own; closing the stream ends it. */
  private void watch(long before) {
    long now = steps.get();
    if (now == before && waiting) {
      close();
    } else {
      CompletableFuture.delayedExecutor(silence.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> watch(now));
    }
  }

  private void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
