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
import java.net.URI;
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
    return new Policy(
        policy.api(),
        policy.upstream(),
        policy.credentials(),
        policy.email(),
        policy.emailHeader(),
        policy.organizationHeader(),
        true,
        false,
        List.of(),
        TlsRule.OPTIONAL,
        policy.errors(),
        policy.limits(),
        policy.limitHeaders(),
        TokenRules.NONE,
        false,
        ActivityRule.NONE,
        policy.routes(),
        policy.roles());
  }

  /** The same, with assertions for the upstream. */
  static Policy asserting(Policy policy) {
    return with(policy, true, policy.activity());
  }

  /** The same, with these of its requests told of. */
  static Policy telling(Policy policy, ActivityRule activity) {
    return with(policy, policy.assertion(), activity);
  }

  private static Policy with(Policy policy, boolean assertion, ActivityRule activity) {
    return new Policy(
        policy.api(),
        policy.upstream(),
        policy.credentials(),
        policy.email(),
        policy.emailHeader(),
        policy.organizationHeader(),
        policy.forwardCredentials(),
        policy.importedTokens(),
        policy.issuers(),
        policy.tls(),
        policy.errors(),
        policy.limits(),
        policy.limitHeaders(),
        policy.tokens(),
        assertion,
        activity,
        policy.routes(),
        policy.roles());
  }

  /** The same, without an organization header. */
  static Policy withoutOrganization(Policy policy) {
    return new Policy(
        policy.api(),
        policy.upstream(),
        policy.credentials(),
        policy.email(),
        policy.emailHeader(),
        Optional.empty(),
        false,
        false,
        List.of(),
        TlsRule.OPTIONAL,
        policy.errors(),
        policy.limits(),
        policy.limitHeaders(),
        TokenRules.NONE,
        false,
        ActivityRule.NONE,
        policy.routes(),
        policy.roles());
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
    return new Policy(
        policy.api(),
        policy.upstream(),
        policy.credentials(),
        policy.email(),
        policy.emailHeader(),
        policy.organizationHeader(),
        false,
        false,
        List.of(),
        TlsRule.REQUIRED,
        policy.errors(),
        policy.limits(),
        policy.limitHeaders(),
        TokenRules.NONE,
        false,
        ActivityRule.NONE,
        policy.routes(),
        policy.roles());
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
