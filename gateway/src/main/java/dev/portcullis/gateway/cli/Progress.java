package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/**
 * How far long work has come: a bar on a terminal, else a line now and then; on {@code err}.
 *
 * <p>Where it is not known how much there is to do, it shows how much was done and for how long.
 */
final class Progress implements AutoCloseable {
  private static final long REDRAW_MILLIS = 200;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final long TENTHS = 10;
  private static final int WIDTH = 30;
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";
  private static final String SPINNER = "|/-\\";

  /** The option that silences it. */
  static final class Quiet {
    @Option(
        names = {"-q", "--quiet"},
        description = "Show no progress.")
    boolean quiet;

    /**
     * Begins to show progress.
     *
     * @param what is done
     * @param total how much there is to do; 0 where that is not known
     */
    Progress start(Surroundings surroundings, String what, long total) {
      return new Progress(surroundings, what, total, quiet);
    }
  }

  private final Surroundings surroundings;
  private final PrintWriter err;
  private final String what;
  private final boolean quiet;
  private final boolean bar;
  private final long begun;
  private long total;
  private long done;
  private long lastLine;
  private long lastTenth;
  private int drawn;
  private int turn;
  private final ScheduledExecutorService redraw =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress").factory());

  private Progress(Surroundings surroundings, String what, long total, boolean quiet) {
    this.surroundings = surroundings;
    this.err = surroundings.err();
    this.what = what;
    this.total = total;
    this.quiet = quiet;
    this.bar = !quiet && surroundings.terminal().showsErr();
    this.begun = surroundings.pace().nanos();
    this.lastLine = begun;
    if (bar) {
      ScheduledFuture<?> _ =
          redraw.scheduleAtFixedRate(
              this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** So much more was done. */
  synchronized void advance(long more) {
    done += more;
    if (!bar && !quiet) {
      tell();
    }
  }

  /** So much there is to do in all. */
  synchronized void expect(long all) {
    total = all;
  }

  /** Writes a line to {@code err} that is no progress. */
  synchronized void say(String line) {
    erase();
    err.println(line);
  }

  private void tell() {
    long now = surroundings.pace().nanos();
    long tenth = total > 0 ? done * TENTHS / total : 0;
    if (tenth > lastTenth || now - lastLine >= BETWEEN_LINES.toNanos()) {
      lastTenth = tenth;
      lastLine = now;
      err.println(what + ": " + state());
      err.flush();
    }
  }

  /** Draws the bar, over the one before. */
  synchronized void draw() {
    if (!bar || redraw.isShutdown()) {
      return;
    }
    String filled = String.valueOf(SPINNER.charAt(turn++ % SPINNER.length()));
    String before = what + "  ";
    String after = "  " + state();
    if (total > 0) {
      filled = "#".repeat((int) (WIDTH * Math.min(done, total) / total));
      before += "[";
      after = "-".repeat(WIDTH - filled.length()) + "]" + after;
    }
    int length = before.length() + filled.length() + after.length();
    boolean coloured = surroundings.ansiOfErr().enabled();
    err.print("\r" + before + (coloured ? GREEN + filled + PLAIN : filled) + after);
    err.print(" ".repeat(Math.max(0, drawn - length)));
    err.flush();
    drawn = length;
  }

  private String state() {
    long nanos = Math.max(1, surroundings.pace().nanos() - begun);
    long rate = (long) (done * 1e9 / nanos);
    String time = clock(Duration.ofNanos(nanos));
    if (total <= 0) {
      return done > 0 ? String.format(Locale.ROOT, "%,d, %,d/s, %s", done, rate, time) : time;
    }
    String left =
        rate > 0 ? clock(Duration.ofSeconds(Math.max(0, total - done) / rate)) : "unknown";
    return String.format(
        Locale.ROOT,
        "%d%%  %,d of %,d, %,d/s, %s left",
        Math.min(done, total) * 100 / total,
        done,
        total,
        rate,
        left);
  }

  private static String clock(Duration duration) {
    return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }

  private void erase() {
    if (drawn > 0) {
      err.print("\r" + " ".repeat(drawn) + "\r");
      drawn = 0;
    }
  }

  /** Takes the bar away. */
  synchronized void end() {
    redraw.shutdownNow();
    erase();
    err.flush();
  }

  @Override
  public void close() {
    end();
  }
}
