package dev.portcullis.gateway.proxy;

import dev.portcullis.policy.ActivityRule;
import dev.portcullis.policy.Answer;
import dev.portcullis.policy.CredentialCarrier;
import dev.portcullis.policy.EmailRule;
import dev.portcullis.policy.ErrorProfile;
import dev.portcullis.policy.LimitHeaders;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PathPattern;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Route;
import dev.portcullis.policy.ScopeTemplate;
import dev.portcullis.policy.TlsRule;
import dev.portcullis.policy.TokenRules;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Policies for tests, built up from one that asks for a bearer token. */
final class TestPolicies {
  /** Problem details. */
  static final ErrorProfile ERRORS = ErrorProfile.PROBLEM;

  private TestPolicies() {}

  /** The API {@code test} at this upstream: a bearer token, an optional e-mail. */
  static Policy bearer(URI upstream, Route... routes) {
    return with(upstream, List.of(new CredentialCarrier.Scheme("Bearer")), routes);
  }

  /** The API {@code test} with these carriers. */
  static Policy with(URI upstream, List<CredentialCarrier> carriers, Route... routes) {
    return new Policy(
        "test",
        upstream,
        carriers,
        EmailRule.OPTIONAL,
        "Email",
        Optional.of("X-Org-Id"),
        false,
        false,
        List.of(),
        TlsRule.OPTIONAL,
        ERRORS,
        Limits.NONE,
        LimitHeaders.STANDARD,
        TokenRules.NONE,
        false,
        ActivityRule.NONE,
        List.of(routes),
        Map.of());
  }

  /** The same, with credentials passed on. */
  static Policy forwarding(Policy policy) {
    return changed(policy, Map.of("forwardCredentials", true));
  }

  /** The same, with assertions for the upstream. */
  static Policy asserting(Policy policy) {
    return changed(policy, Map.of("assertion", true));
  }

  /** The same, with these of its requests told of. */
  static Policy telling(Policy policy, ActivityRule activity) {
    return changed(policy, Map.of("activity", activity));
  }

  /** The same, but for these members, by name; the others stay, whatever members there are. */
  private static Policy changed(Policy policy, Map<String, Object> changes) {
    RecordComponent[] members = Policy.class.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(members).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = new Object[members.length];
    try {
      for (int i = 0; i < members.length; i++) {
        Object own = members[i].getAccessor().invoke(policy);
        values[i] = changes.getOrDefault(members[i].getName(), own);
      }
      return Policy.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** The same, without an organization header. */
  static Policy withoutOrganization(Policy policy) {
    return changed(policy, Map.of("organizationHeader", Optional.empty()));
  }

  /** A route for all methods that asks for a token and no scope. */
  static Route route(String pattern, String... filters) {
    return route(pattern, false, Set.of(), List.of(), filters);
  }

  /** A route that asks for nothing. */
  static Route open(String pattern, String... filters) {
    return route(pattern, true, Set.of(), List.of(), filters);
  }

  /** A route in shadow mode that asks for a token and no scope. */
  static Route shadow(String pattern) {
    Route route = route(pattern);
    return new Route(
        route.id(),
        route.methods(),
        route.path(),
        false,
        true,
        route.scopes(),
        route.limits(),
        route.cost(),
        Optional.empty(),
        route.filters());
  }

  /** The same, answered by the gateway itself. */
  static Route answered(Route route, Answer answer) {
    return new Route(
        route.id(),
        route.methods(),
        route.path(),
        route.open(),
        route.shadow(),
        route.scopes(),
        route.limits(),
        route.cost(),
        Optional.of(answer),
        route.filters());
  }

  /** The same, refusing plain HTTP. */
  static Policy overTls(Policy policy) {
    return changed(policy, Map.of("tls", TlsRule.REQUIRED));
  }

  /** A route that asks for these scopes. */
  static Route scoped(String pattern, String... scopes) {
    return route(pattern, false, Set.of(), List.of(scopes));
  }

  /** A route for one method. */
  static Route route(String method, String pattern, boolean open) {
    return route(pattern, open, Set.of(method), List.of());
  }

  private static Route route(
      String pattern, boolean open, Set<String> methods, List<String> scopes, String... filters) {
    return new Route(
        "test:" + String.join(",", methods) + " " + pattern,
        methods,
        PathPattern.parse(pattern),
        open,
        false,
        scopes.stream().map(ScopeTemplate::parse).toList(),
        Limits.NONE,
        1,
        Optional.empty(),
        List.of(filters));
  }
}
