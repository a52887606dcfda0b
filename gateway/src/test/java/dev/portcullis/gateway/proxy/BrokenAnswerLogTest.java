package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.gateway.proxy.ProxySettings.UpstreamTimeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An upstream that breaks off in the middle of its answer is told of, and is no error of ours. */
class BrokenAnswerLogTest extends DataPlaneKit {
  private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\nhalf";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");

  @Override
  protected ProxySettings settings() {
    return new ProxySettings(
        ProxySettings.DEFAULT.trustedProxies(),
        ProxySettings.DEFAULT.identity(),
        new UpstreamTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300)),
        ProxySettings.DEFAULT.clients(),
        ProxySettings.DEFAULT.logs());
  }

  @BeforeEach
  void listen() {
    log.list.clear();
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    root.detachAppender(log);
  }

  @Test
  void anUpstreamThatClosesIsOneLine() {
    upstream.behave(
        (head, in, out) -> {
          out.write(HALF.getBytes(ISO_8859_1));
          out.flush();
          return false;
        });
    assertOneWarning("PrematureCloseException");
  }

  @Test
  void anUpstreamThatStallsIsOneLine() {
    CountDownLatch answered = new CountDownLatch(1);
    upstream.behave(
        (head, in, out) -> {
          out.write(HALF.getBytes(ISO_8859_1));
          out.flush();
          return waitFor(answered);
        });
    assertOneWarning("ReadTimeoutException");
    answered.countDown();
  }

  private static boolean waitFor(CountDownLatch latch) throws IOException {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void assertOneWarning(String what) {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x"));
      assertThat(connection.readToEnd()).startsWith("HTTP/1.1 200 OK\r\n");
    }
    List<ILoggingEvent> told =
        log.list.stream().filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN)).toList();
    assertThat(told)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.WARN);
              assertThat(line.getThrowableProxy()).isNull();
              assertThat(line.getLoggerName()).as("one for each API").endsWith(".test");
              assertThat(line.getFormattedMessage())
                  .matches("request [0-9a-f]{16}: broke off the answer for " + what);
            });
  }
}
