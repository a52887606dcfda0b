package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.limit.BucketStore;
import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TokenStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
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
}
