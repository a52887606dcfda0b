package dev.portcullis.gateway.control;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.assertion.KeyRing;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.decision.TestChains;
import dev.portcullis.gateway.health.GatewayHealth;
import dev.portcullis.gateway.health.PolicyChanges;
import dev.portcullis.gateway.limit.InMemoryBuckets;
import dev.portcullis.gateway.meter.Readings;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.InMemoryParameters;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Policies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/** A gateway with a control plane and an empty data plane, over a registry of the test's choice. */
public final class ControlPlane implements AutoCloseable {
  /** What the first operator says. */
  public static final String OPERATOR_TOKEN = "first-operator-first-operator-first-operator";

  /** A name it is known by. */
  static final String HOST = "gateway.example.org";

  /** Its peppers. */
  static final PepperRing PEPPERS = TestTokens.ring();

  /** What its data plane would go by. */
  static final Policies POLICIES = TestPolicies.all();

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Parts {}

  private final InMemoryParameters parameters = new InMemoryParameters();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final PolicyChanges changes;
  private final ConfigurableApplicationContext context;

  /** Starts it on free ports. */
  public ControlPlane(InMemoryStore store, InstantSource clock) {
    this(store, store, clock, Ticker.systemTicker(), settings(new Lifetimes(Map.of())));
  }

  /** Starts it on free ports. */
  ControlPlane(
      InMemoryStore memory,
      TokenStore store,
      InstantSource clock,
      Ticker ticker,
      ControlSettings settings) {
    this(memory.registry(), memory.trail(), store, clock, ticker, settings);
  }

  /** Starts it on free ports. */
  ControlPlane(
      TokenRegistry registry,
      AuditTrail trail,
      TokenStore store,
      InstantSource clock,
      Ticker ticker,
      ControlSettings settings) {
    changes = new PolicyChanges(clock);
    changes.inForce();
    ApplicationContextInitializer<GenericApplicationContext> parts =
        context -> {
          context.registerBean(ReactorResourceFactory.class, ControlPlane::ownLoops);
          context.registerBean(ControlSettings.class, () -> settings);
          context.registerBean(
              Registrar.class, () -> Registrar.of(registry, PEPPERS, parameters, clock));
          context.registerBean(AuditTrail.class, () -> trail);
          context.registerBean(TokenStore.class, () -> store);
          context.registerBean(PepperRing.class, () -> PEPPERS);
          context.registerBean(
              AuthChain.class, () -> TestChains.of(PEPPERS, store, new InMemoryBuckets(), clock));
          context.registerBean(
              KeyRing.class, () -> new KeyRing(PEPPERS, Duration.ofDays(1), clock));
          context.registerBean(PoliciesInForce.class, () -> () -> POLICIES);
          context.registerBean(PolicyChanges.class, () -> changes);
          context.registerBean(
              GatewayHealth.class, () -> new GatewayHealth(List.of(changes), clock));
          context.registerBean(Readings.class, () -> new Readings(meters));
          context.registerBean(InstantSource.class, () -> clock);
          context.registerBean(Ticker.class, () -> ticker);
        };
    context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.REACTIVE)
            .initializers(parts)
            // As arguments, which count before the gateway's own configuration file.
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.server.port=0",
                "--management.server.address=127.0.0.1",
                "--management.endpoints.web.exposure.include=health,info,prometheus",
                "--management.endpoint.health.validate-group-membership=false",
                "--spring.main.banner-mode=off");
  }

  /** What it is told at its start; any number of tokens may be guessed. */
  static ControlSettings settings(Lifetimes lifetimes) {
    return settings(lifetimes, Optional.empty());
  }

  /** What it is told at its start. */
  static ControlSettings settings(Lifetimes lifetimes, Optional<Limit> failures) {
    return new ControlSettings(
        OperatorToken.of(SecretText.of(OPERATOR_TOKEN)),
        failures,
        Set.of(HOST),
        lifetimes,
        Duration.ofDays(90),
        Duration.ofDays(14));
  }

  /** Those that all servers of a JVM share would end for all with this one. */
  private static ReactorResourceFactory ownLoops() {
    ReactorResourceFactory loops = new ReactorResourceFactory();
    loops.setUseGlobalResources(false);
    return loops;
  }

  /** Where operators reach it. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port("local.management.port"));
  }

  /** Where the data plane's clients reach it. */
  URI dataPlane() {
    return URI.create("http://127.0.0.1:" + port("local.server.port"));
  }

  /** Where secrets are put that are not shown. */
  InMemoryParameters parameters() {
    return parameters;
  }

  /** What became of its policies. */
  PolicyChanges changes() {
    return changes;
  }

  /** What it counts. */
  MeterRegistry meters() {
    return meters;
  }

  private int port(String name) {
    return context.getEnvironment().getRequiredProperty(name, Integer.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
