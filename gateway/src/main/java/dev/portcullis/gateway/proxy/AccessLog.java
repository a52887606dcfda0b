package dev.portcullis.gateway.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.log.LogFields;
import dev.portcullis.gateway.log.Sampler;
import dev.portcullis.gateway.meter.RequestMeters.Outcome;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request when it is over, while there are not too many. Those that failed are
 * counted apart: the others cannot crowd them out.
 */
final class AccessLog implements Passage.Observer {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final int FIRST_FAILURE = 500;

  private final Sampler lines;
  private final Ticker ticker;

  AccessLog(Sampler lines, Ticker ticker) {
    this.lines = lines;
    this.ticker = ticker;
  }

  /** Which lines are written. */
  Sampler lines() {
    return lines;
  }

  @Override
  public void ended(Passage passage) {
    boolean failed = passage.status() >= FIRST_FAILURE || passage.outcome() == Outcome.FAULTED;
    if (LOG.isInfoEnabled() && lines.admits(failed ? "failed" : "others")) {
      write(passage, ticker.read() - passage.begun());
    }
  }

  private static void write(Passage passage, long nanos) {
    String outcome = passage.outcome().name().toLowerCase(Locale.ROOT);
    String path = LogLine.path(passage).orElse("-");
    LogLine line = new LogLine(LOG.atInfo(), passage);
    passage.decision().ifPresent(line::addToken);
    line.add(LogFields.ACTION, "answered");
    line.add("event.duration", nanos);
    line.add("url.path", path);
    line.add("portcullis.outcome", outcome);
    if (passage.status() != ServedRequest.NO_ANSWER) {
      line.add("http.response.status_code", passage.status());
    }
    line.add("http.response.body.bytes", passage.bytes());
    line.write(
        "{} {} {} {}, {} bytes in {} ms",
        LogLine.method(passage.inbound()),
        path,
        passage.status(),
        outcome,
        passage.bytes(),
        TimeUnit.NANOSECONDS.toMillis(nanos));
  }
}
