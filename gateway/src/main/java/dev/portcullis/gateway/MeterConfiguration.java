package dev.portcullis.gateway;

import dev.portcullis.gateway.meter.ProcessMeters;
import dev.portcullis.gateway.meter.TokenMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The meters that count no requests, and what the libraries' own are called. */
@Configuration(proxyBeanMethods = false)
class MeterConfiguration {

  @Bean
  TokenMeters tokenMeters(MeterRegistry registry) {
    return new TokenMeters(registry);
  }

  @Bean
  MeterFilter lawfulMeters() {
    return ProcessMeters.lawful();
  }

  @Bean
  MeterBinder processMeters() {
    return new ProcessMeters();
  }
}
