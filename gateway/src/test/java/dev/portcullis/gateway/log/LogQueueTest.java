package dev.portcullis.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogQueueTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("upstream");
  private final Console console = new Console();
  private final LogQueue queue = new LogQueue(console, Ticker.systemTicker());

  /** Takes lines only while it is open. */
  private static final class Console extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final CountDownLatch open = new CountDownLatch(1);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Console() {
      setName("CONSOLE");
    }

    @Override
    public void doAppend(ILoggingEvent event) {
      if (event.getMessage().equals("broken")) {
        throw new StackOverflowError("this line cannot be written");
      }
      super.doAppend(event);
    }

    @Override
    protected void append(ILoggingEvent event) {
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      lines.add(event.getFormattedMessage());
    }
  }

  @BeforeEach
  void start() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    console.setContext(context);
    console.start();
    queue.setContext(context);
    queue.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(queue);
  }

  @AfterEach
  void stop() {
    console.open.countDown();
    context.stop();
  }

  @Test
  void writesLinesInTheirOrder() {
    console.open.countDown();
    logger.info("one {}", 1);
    logger.warn("two");
    await().until(() -> console.lines.size() == 2);
    assertThat(console.lines).containsExactly("one 1", "two");
  }

  @Test
  void nobodyWaitsWhereNothingIsReadAndTheRestIsCountedAndSaid() {
    int more = 3 * LogQueue.SIZE;
    for (int i = 0; i < more; i++) {
      logger.info("line {}", i);
    }
    logger.error("there is room for this");
    long dropped = queue.leftOut();
    assertThat(dropped).isBetween((long) more - LogQueue.SIZE, (long) more - LogQueue.SIZE / 2);
    console.open.countDown();
    await().until(() -> console.lines.stream().anyMatch(it -> it.contains("left out")));
    assertThat(console.lines)
        .hasSize((int) (more - dropped) + 2)
        .contains(
            "there is room for this",
            "%d more lines of console were left out: for want of room %d"
                .formatted(dropped, dropped));
  }

  @Test
  void warningsOfOneLoggerAreSampledAndThoseOfAnotherAreNotHidden() {
    console.open.countDown();
    for (int i = 0; i < 5000; i++) {
      logger.warn("the upstream is down");
    }
    context.getLogger("store").addAppender(queue);
    context.getLogger("store").error("the store is down");
    await().until(() -> console.lines.stream().anyMatch(it -> it.contains("left out: upstream ")));
    assertThat(console.lines).contains("the store is down").hasSizeLessThan(1000);
    assertThat(queue.leftOut()).isGreaterThan(4000);
  }

  @Test
  void warningsHideNoErrorOfTheSameLogger() {
    console.open.countDown();
    for (int i = 0; i < 5000; i++) {
      logger.warn("the upstream is down");
    }
    logger.error("something unexpected");
    await().until(() -> console.lines.contains("something unexpected"));
  }

  @Test
  void writesWhatWaitsBeforeItIsStopped() throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      logger.info("line {}", i);
    }
    Thread stopping = Thread.ofPlatform().start(queue::stop);
    assertThat(stopping.join(Duration.ofMillis(100))).as("stopped before all is written").isFalse();
    console.open.countDown();
    await().until(() -> !console.isStarted());
    assertThat(console.lines).hasSize(1000).last().isEqualTo("line 999");
    stopping.join();
  }

  @Test
  void aLineThatCannotBeWrittenEndsNothing() {
    console.open.countDown();
    logger.info("broken");
    logger.info("whole");
    await().until(() -> console.lines.contains("whole"));
  }
}
