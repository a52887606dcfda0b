package dev.portcullis.gateway.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.meter.RequestMeters.Fault;
import dev.portcullis.gateway.meter.RequestMeters.Outcome;
import dev.portcullis.policy.Reason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What becomes of the series of routes and APIs that policies no longer have. */
class ForgottenSeriesTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private Set<String> values(Metric metric, String label) {
    Set<String> values = new TreeSet<>();
    for (Meter meter : registry.find(metric.written()).meters()) {
      values.add(Objects.requireNonNull(meter.getId().getTag(label)));
    }
    return values;
  }

  @Test
  void aRouteThatIsGoneHasNone() {
    Meters meters = new Meters(registry);
    for (String route : new String[] {"a:GET /old", "a:GET /kept", Meters.NONE}) {
      meters.allowed("a", route);
      meters.shadowRefused("a", route, Reason.TOKEN_EXPIRED);
      meters.uncounted("a", route);
    }
    meters.keepRoutes(Set.of("a:GET /kept"));
    for (Metric metric :
        new Metric[] {Metric.DECISIONS, Metric.SHADOW_REFUSALS, Metric.LIMIT_UNCOUNTED}) {
      assertThat(values(metric, "route")).containsExactly("a:GET /kept", Meters.NONE);
    }
  }

  @Test
  void aRouteThatStaysCountsOnAndOneThatComesBackCountsAnew() {
    Meters meters = new Meters(registry);
    meters.allowed("a", "stays");
    meters.allowed("a", "goes");
    meters.keepRoutes(Set.of("stays"));
    meters.allowed("a", "stays");
    meters.allowed("a", "goes");
    assertThat(registry.get("portcullis.decisions").tag("route", "stays").counter().count())
        .isEqualTo(2);
    assertThat(registry.get("portcullis.decisions").tag("route", "goes").counter().count())
        .isEqualTo(1);
  }

  @Test
  void anApiThatIsGoneHasNoneAndOneThatIsThereHasItsFaultsBeforeTheFirst() {
    RequestMeters meters = new RequestMeters(registry);
    for (String api : new String[] {"old", "kept", Meters.NONE}) {
      meters.ended(api, Outcome.ALLOWED, 200, Duration.ofMillis(1));
      meters.faulted(api, Fault.TIMEOUT);
    }
    meters.keepApis(Set.of("kept"));
    assertThat(values(Metric.REQUESTS, "api")).containsExactly("kept", Meters.NONE);
    assertThat(values(Metric.FAULTS, "api")).containsExactly("kept", Meters.NONE);
    assertThat(registry.find("portcullis.faults").tag("api", "kept").counters())
        .hasSize(Fault.values().length);
  }
}
