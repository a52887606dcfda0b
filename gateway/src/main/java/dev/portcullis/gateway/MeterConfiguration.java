package dev.portcullis.gateway;

import dev.portcullis.gateway.log.LogQueue;
import dev.portcullis.gateway.meter.IdentityMeters;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.meter.ProcessMeters;
import dev.portcullis.gateway.meter.RequestMeters;
import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.meter.TokenMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is metered, and what the libraries' own meters are called. */
@Configuration(proxyBeanMethods = false)
class MeterConfiguration {

  @Bean
  Meters meters(MeterRegistry registry) {
    Meters meters = new Meters(registry);
    LogQueue.all().forEach(queue -> meters.suppressed(queue.log(), queue::leftOut));
    return meters;
  }

  @Bean
  RequestMeters requestMeters(MeterRegistry registry) {
    return new RequestMeters(registry);
  }

  @Bean
  StoreMeters storeMeters(MeterRegistry registry) {
    return new StoreMeters(registry);
  }

  @Bean
  IdentityMeters identityMeters(MeterRegistry registry) {
    return new IdentityMeters(registry);
  }

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
