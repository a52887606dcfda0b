package dev.portcullis.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogSummariesTest {
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(LogSummaries.class);
  private final Sampler sampler = new Sampler("refusals", new LineRate(0), () -> 0);
  private final AppenderBase<ILoggingEvent> ear =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          said.add(event.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    ear.start();
    logger.addAppender(ear);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(ear);
  }

  @Test
  void saysWhatWasLeftOutThoughNothingFollows() {
    try (LogSummaries _ = new LogSummaries(List.of(sampler)).begun()) {
      sampler.admits("NO_ROUTE");
      await().until(() -> !said.isEmpty());
      assertThat(said).containsExactly("1 more lines of refusals were left out: NO_ROUTE 1");
    }
    assertThat(said).as("said once").hasSize(1);
  }

  @Test
  void saysTheRestAtTheEnd() {
    try (LogSummaries _ = new LogSummaries(List.of(sampler))) {
      sampler.admits("NO_ROUTE");
    }
    assertThat(said).hasSize(1);
  }
}
