package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.limit.BucketStore;
import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TokenStore;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * The beans of the store. Wants {@link RedisSettings}, the peppers, {@link ParameterKeys}, a clock
 * and the meters. The embedded Redis is started only where the settings name no URI.
 */
@Configuration(proxyBeanMethods = false)
public class RedisConfiguration {

  @Bean
  RedisStore redisStore(
      RedisSettings settings,
      ObjectProvider<EmbeddedRedis> embedded,
      PepperRing peppers,
      InstantSource clock,
      StoreMeters meters) {
    String uri = settings.uri().orElseGet(() -> embedded.getObject().uri());
    return new RedisStore(uri, settings, peppers, clock, meters);
  }

  @Bean(destroyMethod = "close")
  @Lazy
  EmbeddedRedis embeddedRedis(RedisSettings settings) {
    return EmbeddedRedis.start(settings.dataDirectory());
  }

  @Bean
  TokenStore tokenStore(RedisStore store) {
    return store.tokens();
  }

  @Bean
  TokenRegistry tokenRegistry(RedisStore store) {
    return store.registry();
  }

  @Bean
  AuditTrail auditTrail(RedisStore store) {
    return store.trail();
  }

  @Bean
  BucketStore bucketStore(RedisStore store) {
    return store.buckets();
  }

  @Bean
  RedisParameters redisParameters(RedisStore store, ParameterKeys keys) {
    return store.parameters(keys);
  }

  /** Up while Redis is connected. */
  @Bean
  HealthIndicator storeHealthIndicator(RedisStore store) {
    return () -> (store.isUp() ? Health.up() : Health.down()).build();
  }

  /**
   * Up from the moment Redis is first connected; for the readiness of a gateway that has only
   * started. After that it serves what it has cached, and an outage is told from a refusal.
   */
  @Bean
  HealthIndicator storeReachedHealthIndicator(RedisStore store) {
    AtomicBoolean reached = new AtomicBoolean();
    return () -> {
      if (store.isUp()) {
        reached.set(true);
      }
      return (reached.get() ? Health.up() : Health.down()).build();
    };
  }
}
