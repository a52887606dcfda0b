package dev.portcullis.gateway;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.assertion.Assertions;
import dev.portcullis.gateway.assertion.KeyRing;
import dev.portcullis.gateway.aws.AwsConfiguration;
import dev.portcullis.gateway.control.PoliciesInForce;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.decision.ExposedTokens;
import dev.portcullis.gateway.decision.TokenSources;
import dev.portcullis.gateway.health.PolicyChanges;
import dev.portcullis.gateway.issuer.JwtVerifier;
import dev.portcullis.gateway.limit.BucketStore;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.meter.IdentityMeters;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.meter.RequestMeters;
import dev.portcullis.gateway.meter.TokenMeters;
import dev.portcullis.gateway.proxy.ActivePolicies;
import dev.portcullis.gateway.proxy.Activity;
import dev.portcullis.gateway.proxy.ProxyConfiguration;
import dev.portcullis.gateway.redis.RedisConfiguration;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.ParameterStore;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.LastUses;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TokenStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;

/** How the parts make a gateway. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Settings.class)
@Import({
  MeterConfiguration.class,
  SettingsConfiguration.class,
  ParameterSettings.class,
  RedisConfiguration.class,
  AwsConfiguration.class,
  ProxyConfiguration.class,
  TracingConfiguration.class,
  OwnRoutes.class,
  ParameterRoutes.class,
  HealthConfiguration.class,
  Demo.class
})
class GatewayConfiguration {

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  Ticker ticker() {
    return Ticker.systemTicker();
  }

  @Bean
  ReactorResourceFactory eventLoops() {
    return new EventLoops(EventLoops.LONGEST_END);
  }

  @Bean
  AuthChain chain(
      PepperRing peppers,
      TokenStore store,
      JwtVerifier foreign,
      RateLimiter limiter,
      FailureThrottle failures,
      ExposedTokens exposed,
      Settings settings,
      InstantSource clock,
      Ticker ticker) {
    return new AuthChain(
        new TokenSources(peppers, store, foreign),
        limiter,
        failures,
        exposed,
        settings.redis().timeout(),
        clock,
        ticker::read);
  }

  @Bean
  ExposedTokens exposedTokens(Registrar registrar, Meters meters) {
    return new ExposedTokenRevocation(
        registrar, meters, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
  }

  @Bean
  JwtVerifier jwtVerifier(IdentityMeters meters, InstantSource clock, Ticker ticker) {
    return new JwtVerifier(meters, clock, ticker);
  }

  @Bean
  Assertions assertions(
      Settings settings, KeyRing keys, IdentityMeters meters, InstantSource clock, Ticker ticker) {
    Assertions assertions = new Assertions(settings.assertion().issuer(), keys, clock, ticker);
    meters.assertions(assertions::signatures);
    return assertions;
  }

  @Bean
  RateLimiter rateLimiter(BucketStore buckets, Meters meters, Ticker ticker) {
    RateLimiter limiter = new RateLimiter(buckets, RateLimiter.DEFAULT_SIZE, ticker);
    meters.buckets(limiter::size);
    return limiter;
  }

  @Bean
  Registrar registrar(
      TokenRegistry registry, PepperRing peppers, ParameterStore parameters, InstantSource clock) {
    return Registrar.of(registry, peppers, parameters, clock);
  }

  @Bean
  LastUses lastUses(InstantSource clock, Ticker ticker) {
    return new LastUses(LastUses.DEFAULT_SIZE, clock, ticker);
  }

  @Bean
  ActivityFeed activityFeed(Activity activity, TokenRegistry registry) {
    return new ActivityFeed(activity, registry::commit).begun();
  }

  @Bean
  Housekeeping housekeeping(
      Registrar registrar,
      AuditTrail trail,
      LastUses uses,
      TokenMeters meters,
      Housekeeping.Spans spans,
      InstantSource clock) {
    return new Housekeeping(registrar, trail, uses, meters, spans, clock).begun();
  }

  @Bean
  PoliciesInForce policiesInForce(ActivePolicies active, PolicyChanges changes, Meters meters) {
    meters.policies(() -> active.current().generation(), () -> changes.known().unsound().isEmpty());
    return active::current;
  }

  @Bean
  PolicyActivation policyActivation(
      ActivePolicies active,
      JwtVerifier foreign,
      PolicyChanges changes,
      Meters meters,
      RequestMeters requests) {
    return new PolicyActivation(active, foreign, changes, meters, requests);
  }

  @Bean
  @ConditionalOnProperty("portcullis.policies")
  PolicyDirectory policyDirectory(Settings settings, PolicyActivation activation) {
    return new PolicyDirectory(
            Path.of("").resolve(settings.policies()), activation::activate, activation::unsound)
        .watching(settings.policiesInterval());
  }
}
