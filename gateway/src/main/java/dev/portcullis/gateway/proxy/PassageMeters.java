package dev.portcullis.gateway.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.meter.RequestMeters;
import dev.portcullis.gateway.meter.RequestMeters.Fault;
import dev.portcullis.gateway.trace.RequestTrace;
import java.time.Duration;

/** Meters every request when it is over. */
final class PassageMeters implements Passage.Observer {
  private final RequestMeters meters;
  private final Ticker ticker;

  PassageMeters(RequestMeters meters, Ticker ticker) {
    this.meters = meters;
    this.ticker = ticker;
  }

  @Override
  public void ended(Passage passage) {
    try (RequestTrace.Entry _ = passage.trace().enter()) {
      meters.ended(
          passage.api(),
          passage.outcome(),
          passage.status(),
          Duration.ofNanos(ticker.read() - passage.begun()));
    }
  }

  @Override
  public void faulted(Passage passage, Fault fault) {
    meters.faulted(passage.api(), fault);
  }
}
