package dev.portcullis.gateway.meter;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/**
 * The meters of identities that others vouch for, and of those that the gateway vouches for. Labels
 * are the issuers' names in policies and fixed words only.
 */
public final class IdentityMeters {
  private final Instruments instruments;

  /** Registers with this registry. */
  public IdentityMeters(MeterRegistry registry) {
    this.instruments = new Instruments(registry);
  }

  /**
   * Counts an attempt to fetch an issuer's keys.
   *
   * @param issuer its name in the policy
   */
  public void keysFetched(String issuer, boolean worked) {
    instruments
        .counter(Metric.ISSUER_KEY_FETCHES, issuer, worked ? "fetched" : "failed")
        .increment();
  }

  /** Shows how many assertions were signed. */
  public void assertions(LongSupplier signed) {
    instruments.count(Metric.ASSERTION_SIGNATURES, signed);
  }
}
