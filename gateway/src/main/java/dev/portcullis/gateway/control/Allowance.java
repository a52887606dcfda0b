package dev.portcullis.gateway.control;

import java.time.InstantSource;

/** An allowance that fills steadily, up to what a second brings. Safe for threads. */
final class Allowance {
  private final long perSecond;
  private final InstantSource clock;
  private long thousandths;
  private long filledAt;

  /** Full. */
  Allowance(int perSecond, InstantSource clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.thousandths = perSecond * 1000L;
    this.filledAt = clock.millis();
  }

  /** Takes one, if there is one. */
  synchronized boolean take() {
    long now = clock.millis();
    // Clocks can be set back, or far forward.
    long passed = Math.clamp(now - filledAt, 0, 1000);
    thousandths = Math.min(perSecond * 1000, thousandths + passed * perSecond);
    filledAt = now;
    if (thousandths < 1000) {
      return false;
    }
    thousandths -= 1000;
    return true;
  }
}
