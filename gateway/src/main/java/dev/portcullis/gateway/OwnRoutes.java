package dev.portcullis.gateway;

import dev.portcullis.gateway.assertion.KeyRing;
import dev.portcullis.gateway.assertion.PublishedKeys;
import dev.portcullis.gateway.decision.CallerCheck;
import dev.portcullis.gateway.decision.ForeignTokens;
import dev.portcullis.gateway.decision.TokenSources;
import dev.portcullis.gateway.endpoint.Callers;
import dev.portcullis.gateway.endpoint.Endpoint;
import dev.portcullis.gateway.endpoint.Introspection;
import dev.portcullis.gateway.endpoint.OwnRoute;
import dev.portcullis.gateway.endpoint.Revocation;
import dev.portcullis.gateway.endpoint.TokenExchange;
import dev.portcullis.gateway.endpoint.WhoAmI;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.proxy.ActivePolicies;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.token.LastUses;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TokenStore;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway's own routes on the data plane, a bean each. */
@Configuration(proxyBeanMethods = false)
class OwnRoutes {
  private static final String OAUTH = "/.portcullis/oauth2/";

  @Bean
  OwnRoute whoAmI(ObjectProvider<ActivePolicies> active) {
    return new OwnRoute(
        "GET",
        "/.portcullis/whoami",
        OwnRoute.Access.TOKEN,
        List.of(),
        new WhoAmI(() -> active.getObject().current()));
  }

  @Bean
  OwnRoute assertionKeysRoute(KeyRing keys) {
    return new OwnRoute(
        "GET",
        "/.portcullis/jwks.json",
        OwnRoute.Access.ANYBODY,
        List.of(),
        new PublishedKeys(keys));
  }

  @Bean
  Callers callers(
      PepperRing peppers,
      TokenStore store,
      FailureThrottle failures,
      RateLimiter limiter,
      ObjectProvider<ActivePolicies> active,
      Settings settings,
      InstantSource clock) {
    return new Callers(
        new CallerCheck(
            new TokenSources(peppers, store, ForeignTokens.NONE),
            failures,
            limiter,
            settings.redis().timeout(),
            clock),
        () -> active.getObject().current());
  }

  @Bean
  OwnRoute tokenExchange(Callers callers, Registrar registrar, LastUses uses, Settings settings) {
    return oauth(
        "token",
        new TokenExchange(
            callers, registrar.sessions(), uses, TokenLifetimes.ofSessions(settings.tokens())));
  }

  @Bean
  OwnRoute introspection(Callers callers) {
    return oauth("introspect", new Introspection(callers));
  }

  @Bean
  OwnRoute revocation(Callers callers, Registrar registrar) {
    return oauth("revoke", new Revocation(callers, registrar));
  }

  /** They find out themselves who calls. */
  private static OwnRoute oauth(String name, Endpoint endpoint) {
    return new OwnRoute(
        "POST", OAUTH + name, OwnRoute.Access.KNOWN_TO_ENDPOINT, List.of(), endpoint);
  }
}
