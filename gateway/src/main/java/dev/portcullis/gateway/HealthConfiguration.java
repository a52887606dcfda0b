package dev.portcullis.gateway;

import dev.portcullis.gateway.health.GatewayHealth;
import dev.portcullis.gateway.health.GatewayState;
import dev.portcullis.gateway.health.PolicyChanges;
import dev.portcullis.gateway.health.Watch;
import dev.portcullis.gateway.meter.Readings;
import dev.portcullis.gateway.redis.RedisStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What probes are told: one state of all parts, and nothing of the parts. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
  /** Answered with 200, for requests are served. */
  static final Status DEGRADED = new Status("DEGRADED");

  @Bean
  PolicyChanges policyChanges(InstantSource clock) {
    return new PolicyChanges(clock);
  }

  @Bean
  GatewayHealth gatewayHealth(RedisStore store, PolicyChanges changes, InstantSource clock) {
    List<Watch> parts = new ArrayList<>(store.parts());
    parts.add(changes);
    return new GatewayHealth(parts, clock);
  }

  @Bean
  Readings readings(MeterRegistry registry) {
    return new Readings(registry);
  }

  /** Spring Boot says so before it closes the first socket. */
  @Bean
  ApplicationListener<AvailabilityChangeEvent<ReadinessState>> stopListener(GatewayHealth health) {
    return event -> {
      if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
        health.stop();
      }
    };
  }

  @Bean
  HealthIndicator gatewayHealthIndicator(GatewayHealth health) {
    return () -> Health.status(status(health.look().state())).build();
  }

  private static Status status(GatewayState state) {
    return switch (state) {
      case SERVING -> Status.UP;
      case DEGRADED -> DEGRADED;
      case STARTING, STOPPING -> Status.OUT_OF_SERVICE;
    };
  }
}
