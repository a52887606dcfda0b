package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.log.LogFields;
import dev.portcullis.gateway.log.Sampler;
import dev.portcullis.gateway.meter.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each refusal, while there are not too many for one reason. */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

  private final Sampler lines;

  RefusalLog(Sampler lines) {
    this.lines = lines;
  }

  /** Which lines are written. */
  Sampler lines() {
    return lines;
  }

  /** A request is refused. */
  void refused(Passage passage, Denied denied) {
    if (LOG.isInfoEnabled() && lines.admits(denied.reason().name())) {
      write("refused", passage, denied);
    }
  }

  /** A request passes on a route in shadow mode, and would be refused on another. */
  void wouldRefuse(Passage passage, Denied denied) {
    if (LOG.isInfoEnabled() && lines.admits("would refuse " + denied.reason())) {
      write("would refuse", passage, denied);
    }
  }

  private static void write(String action, Passage passage, Denied denied) {
    LogLine line = new LogLine(LOG.atInfo(), passage);
    line.addToken(denied);
    line.add(LogFields.ACTION, action);
    line.add("event.reason", denied.reason().name());
    if (!denied.detail().isEmpty()) {
      line.add("portcullis.detail", denied.detail());
    }
    line.write(
        "{} {}: {} on {}, token {}{}",
        action,
        passage.inbound().id(),
        denied.reason(),
        passage.route(),
        denied.tokenId().orElse(Meters.NONE),
        denied.detail().isEmpty() ? "" : ": " + denied.detail());
  }
}
