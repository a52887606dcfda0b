package dev.portcullis.gateway;

import static dev.portcullis.gateway.StartRefusedException.checked;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.meter.TraceMeters;
import dev.portcullis.gateway.trace.Exemplars;
import dev.portcullis.gateway.trace.OtlpTracing;
import dev.portcullis.gateway.trace.TraceSettings;
import dev.portcullis.gateway.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.net.URI;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whether and how requests are traced. */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {
  @Bean
  Tracing tracing(Settings settings, MeterRegistry registry, InstantSource clock, Ticker ticker) {
    Settings.Tracing tracing = settings.tracing();
    URI endpoint = tracing.endpoint();
    if (endpoint == null) {
      return Tracing.OFF;
    }
    TraceSettings checked =
        checked(
            "portcullis.tracing",
            () -> new TraceSettings(endpoint, tracing.ratio(), tracing.headers()));
    return new OtlpTracing(checked, new TraceMeters(registry), clock, ticker::read);
  }

  /** The metrics' way from what they record to the trace of one such request. */
  @Bean
  @ConditionalOnProperty("portcullis.tracing.endpoint")
  SpanContext exemplars() {
    return new Exemplars();
  }
}
