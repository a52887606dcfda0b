package dev.portcullis.gateway.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue before an appender: whoever logs never waits, and where lines go too slowly the
 * newest are left out. Of warnings and errors, which clients and upstreams may be able to have
 * repeated, a logger gets so many of each a second through. What is left out is counted and said.
 */
public final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {
  /** Lines that wait; of these the last fifth is for warnings and errors. */
  static final int SIZE = 8192;

  /** Warnings and errors of one logger. */
  static final LineRate REPEATS = new LineRate(50);

  private static final Duration SUMMARY = Duration.ofSeconds(1);
  private static final Duration FLUSH = Duration.ofSeconds(2);

  private final Appender<ILoggingEvent> appender;
  private final String log;
  private final Ticker ticker;
  private final BlockingQueue<ILoggingEvent> waiting = new ArrayBlockingQueue<>(SIZE);
  private final Sampler repeats;
  private final LongAdder dropped = new LongAdder();
  private final Thread writer;
  private volatile boolean stopping;
  private long droppedTold;
  private long lastSummary;

  /** Before this appender, which is its own from now on. */
  LogQueue(Appender<ILoggingEvent> appender, Ticker ticker) {
    this.appender = appender;
    this.log = String.valueOf(appender.getName()).toLowerCase(Locale.ROOT);
    this.ticker = ticker;
    this.repeats = new Sampler(log, REPEATS, ticker);
    this.lastSummary = ticker.read();
    this.writer = Thread.ofPlatform().daemon().name("log-" + log).unstarted(this::write);
  }

  /** Puts one before each console and file that the root logger writes to. */
  public static void putBeforeAll() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    for (Appender<ILoggingEvent> appender : appenders(root)) {
      if (appender instanceof OutputStreamAppender) {
        LogQueue queue = new LogQueue(appender, Ticker.systemTicker());
        queue.setName(queue.log + "-queue");
        queue.setContext(context);
        queue.start();
        root.detachAppender(appender);
        root.addAppender(queue);
      }
    }
  }

  /** Those that were put before appenders of the root logger. */
  public static List<LogQueue> all() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    return appenders(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).stream()
        .filter(LogQueue.class::isInstance)
        .map(LogQueue.class::cast)
        .toList();
  }

  private static List<Appender<ILoggingEvent>> appenders(Logger root) {
    List<Appender<ILoggingEvent>> all = new ArrayList<>();
    for (Iterator<Appender<ILoggingEvent>> it = root.iteratorForAppenders(); it.hasNext(); ) {
      all.add(it.next());
    }
    return all;
  }

  /** The name of what it stands before, in lower case. */
  public String log() {
    return log;
  }

  /** How many lines were left out, ever. */
  public long leftOut() {
    return dropped.sum() + repeats.leftOut();
  }

  @Override
  public void start() {
    super.start();
    writer.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean urgent = event.getLevel().isGreaterOrEqual(Level.WARN);
    if (urgent && !repeats.admits(event.getLoggerName() + " " + event.getLevel())) {
      return;
    }
    event.prepareForDeferredProcessing();
    if ((!urgent && waiting.remainingCapacity() < SIZE / 5) || !waiting.offer(event)) {
      dropped.increment();
    }
  }

  /** Until it is stopped and nothing waits; nothing but that may end it, or nothing is logged. */
  private void write() {
    while (!stopping || !waiting.isEmpty()) {
      try {
        ILoggingEvent event = waiting.poll(SUMMARY.toMillis(), TimeUnit.MILLISECONDS);
        if (event != null) {
          appender.doAppend(event);
        }
        if (ticker.read() - lastSummary >= SUMMARY.toNanos()) {
          tell();
        }
      } catch (InterruptedException e) {
        // stop() interrupts, and no other: what waits is written, and then the loop ends
      } catch (RuntimeException | Error e) {
        addError("a line was not written", e);
      }
    }
    tell();
    appender.stop();
  }

  private void tell() {
    lastSummary = ticker.read();
    repeats.untold().ifPresent(this::tell);
    long all = dropped.sum();
    if (all > droppedTold) {
      tell(new Suppressed(log, Map.of("for want of room", all - droppedTold)));
      droppedTold = all;
    }
  }

  /** Past the queue, where it would have to wait behind what it tells of, or be left out itself. */
  private void tell(Suppressed suppressed) {
    Logger logger = ((LoggerContext) getContext()).getLogger(LogQueue.class);
    @Nullable Object[] none = {};
    LoggingEvent summary =
        new LoggingEvent(
            LogQueue.class.getName(), logger, Level.WARN, suppressed.message(), null, none);
    summary.setKeyValuePairs(suppressed.fields());
    appender.doAppend(summary);
  }

  /** Writes what waits, and waits for that no longer than it is sensible. */
  @Override
  public void stop() {
    super.stop();
    stopping = true;
    writer.interrupt();
    try {
      writer.join(FLUSH);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
