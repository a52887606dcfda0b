package dev.portcullis.gateway.control;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.assertion.KeyRing;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.health.GatewayHealth;
import dev.portcullis.gateway.health.PolicyChanges;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.meter.Readings;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TokenStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.reactive.UrlHandlerFilter;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;

/**
 * The control plane's beans. Spring Boot finds this class by its {@code
 * ManagementContextConfiguration.imports} and gives it to the management server's own context,
 * whose beans the data plane's server cannot see; it must never be imported or scanned for.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class ControlConfiguration {
  @Bean
  RouterFunction<ServerResponse> controlRoutes(
      ControlSettings settings,
      Registrar registrar,
      AuditTrail trail,
      TokenStore store,
      PepperRing peppers,
      AuthChain chain,
      KeyRing keys,
      PoliciesInForce policies,
      StatusHandler status,
      InstantSource clock,
      Ticker ticker) {
    RefusedCalls refusals = new RefusedCalls(registrar.registry(), clock, ticker);
    // Of its own: what fails on the data plane must not keep operators out.
    FailureThrottle failures =
        new FailureThrottle(settings.failures(), FailureThrottle.DEFAULT_SIZE, ticker);
    OperatorGate gate = new OperatorGate(settings.operatorToken(), peppers, store, failures, clock);
    Map<String, HandlerFunction<ServerResponse>> open = new HashMap<>(PageFiles.all());
    open.put(AssertionKeys.PATH, new AssertionKeys(keys));
    return new ControlRoutes(new Guard(gate, refusals), open)
        .to(
            new Operations(registrar, settings, policies, clock)
                .all(trail, refusals, chain, store, status));
  }

  @Bean
  StatusHandler statusHandler(
      GatewayHealth health, PolicyChanges changes, PoliciesInForce policies, Readings readings) {
    return new StatusHandler(health, changes, policies, readings);
  }

  @Bean
  WebFilter ownTurn() {
    return new OwnTurn();
  }

  @Bean
  WebFilter unreadBodies() {
    return new UnreadBodies();
  }

  @Bean
  WebFilter browserShield(ControlSettings settings) {
    return new BrowserShield(settings.hosts());
  }

  /** Lets {@code /v1/tokens/} be {@code /v1/tokens}. */
  @Bean
  WebFilter trailingSlashes() {
    return UrlHandlerFilter.trailingSlashHandler("/v1/**").mutateRequest().build();
  }

  @Bean
  WebExceptionHandler failureProblems() {
    return new FailureProblems();
  }
}
