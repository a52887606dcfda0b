package dev.portcullis.gateway.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.assertion.Assertions;
import dev.portcullis.gateway.assertion.TestAssertions;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.decision.TestChains;
import dev.portcullis.gateway.endpoint.OwnRoute;
import dev.portcullis.gateway.limit.InMemoryBuckets;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.meter.RequestMeters;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.token.LastUses;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.gateway.trace.Tracing;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Policy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The real data plane on a free port, before a store that is a few maps. */
final class TestGateway implements AutoCloseable {
  private static final AtomicLong GENERATIONS = new AtomicLong();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PepperRing ring = TestTokens.ring();
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBuckets buckets = new InMemoryBuckets();
  private final LastUses uses =
      new LastUses(LastUses.DEFAULT_SIZE, InstantSource.system(), Ticker.systemTicker());
  private final ThreadProbe probe = new ThreadProbe();
  private final ConfigurableApplicationContext context;

  private TestGateway(ProxySettings settings, StoreView view, OwnRoute... own) {
    TokenStore seen = view.of(store);
    context =
        new SpringApplicationBuilder(DataPlaneOnly.class)
            .web(WebApplicationType.REACTIVE)
            .initializers(
                in -> {
                  var beans = (GenericApplicationContext) in;
                  beans.registerBean(ReactorResourceFactory.class, TestGateway::ownLoops);
                  beans.registerBean(ProxySettings.class, () -> settings);
                  beans.registerBean(ThreadProbe.class, () -> probe);
                  beans.registerBean(LastUses.class, () -> uses);
                  beans.registerBean(Meters.class, () -> new Meters(registry));
                  beans.registerBean(RequestMeters.class, () -> new RequestMeters(registry));
                  beans.registerBean(InstantSource.class, InstantSource::system);
                  beans.registerBean(Ticker.class, Ticker::systemTicker);
                  beans.registerBean(Tracing.class, () -> Tracing.OFF);
                  for (OwnRoute row : own) {
                    beans.registerBean(row.path(), OwnRoute.class, () -> row);
                  }
                  beans.registerBean(Assertions.class, () -> TestAssertions.of(ring));
                  beans.registerBean(
                      AuthChain.class,
                      () -> TestChains.of(ring, seen, buckets, InstantSource.system()));
                })
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.server.port=-1",
                "--management.endpoint.health.validate-group-membership=false",
                "--spring.main.banner-mode=off");
  }

  /** Those that all servers of a JVM share would end for all with this gateway. */
  private static ReactorResourceFactory ownLoops() {
    ReactorResourceFactory loops = new ReactorResourceFactory();
    loops.setUseGlobalResources(false);
    return loops;
  }

  /** How the chain sees the store; for tests that put something between. */
  interface StoreView {
    TokenStore of(TokenStore store);
  }

  /** With these settings, these routes of its own, and no policy yet. */
  static TestGateway start(ProxySettings settings, OwnRoute... own) {
    return new TestGateway(settings, store -> store, own);
  }

  /** With this between the chain and the store. */
  static TestGateway start(ProxySettings settings, StoreView view) {
    return new TestGateway(settings, view);
  }

  /** Puts these policies in force. */
  ActivePolicies.Swap follow(Policy... policies) {
    return context
        .getBean(ActivePolicies.class)
        .swap(Policies.of(GENERATIONS.incrementAndGet(), List.of(policies)));
  }

  /** Mints a secret of {@link TestPrincipals#user()}'s. */
  String secretOf(Token token) {
    return secretOf(token, TestPrincipals.user());
  }

  /** Mints a secret for this token of this principal. */
  String secretOf(Token token, Principal principal) {
    MintedSecret minted = ring.mint("gwt_", Salt.fresh());
    store.with(principal).with(minted.hash(), token);
    return minted.secret().reveal();
  }

  int port() {
    return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
  }

  InMemoryStore store() {
    return store;
  }

  LastUses uses() {
    return uses;
  }

  MeterRegistry meters() {
    return registry;
  }

  /** The thread on which the last request was passed on. */
  String passedOnBy() {
    return probe.thread;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }

  /** Notes on which thread requests are passed on. */
  static final class ThreadProbe implements GlobalFilter, Ordered {
    private volatile String thread = "";

    @Override
    public int getOrder() {
      return 0;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain rest) {
      thread = Thread.currentThread().getName();
      return rest.filter(exchange);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(ProxyConfiguration.class)
  static class DataPlaneOnly {}
}
