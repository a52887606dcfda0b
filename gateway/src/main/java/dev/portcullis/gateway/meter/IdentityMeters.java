package dev.portcullis.gateway.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/**
 * The meters of identities that others vouch for, and of those that the gateway vouches for. Labels
 * are the issuers' names in policies and fixed words only.
 */
public final class IdentityMeters {
  private final MeterRegistry registry;

  /** Registers with this registry. */
  public IdentityMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counts an attempt to fetch an issuer's keys.
   *
   * @param issuer its name in the policy
   */
  public void keysFetched(String issuer, boolean worked) {
    Counter.builder("portcullis.issuer.key.fetches")
        .description("Attempts to fetch the keys of other issuers of tokens")
        .tags("issuer", issuer, "outcome", worked ? "fetched" : "failed")
        .register(registry)
        .increment();
  }

  /** Shows how many assertions were signed. */
  public void assertions(LongSupplier signed) {
    // Bound to this object: the registry would let go of the supplier.
    FunctionCounter.builder("portcullis.assertion.signatures", this, _ -> signed.getAsLong())
        .description("Assertions signed for upstreams; one serves many requests")
        .register(registry);
  }
}
