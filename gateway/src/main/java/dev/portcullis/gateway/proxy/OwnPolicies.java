package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.CallerCheck;
import dev.portcullis.gateway.endpoint.OwnRoute;
import dev.portcullis.gateway.endpoint.WhoAmI;
import dev.portcullis.policy.ActivityRule;
import dev.portcullis.policy.CredentialCarrier;
import dev.portcullis.policy.EmailRule;
import dev.portcullis.policy.ErrorProfile;
import dev.portcullis.policy.LimitHeaders;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PathPattern;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Route;
import dev.portcullis.policy.ScopeTemplate;
import dev.portcullis.policy.TlsRule;
import dev.portcullis.policy.TokenRules;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The gateway's own routes, as policies that stand beside those of the files. */
final class OwnPolicies {
  /** Where nothing is sent: every one of these routes has a responder. */
  private static final URI NOWHERE = URI.create("http://portcullis.invalid");

  private final List<Route> confidential = new ArrayList<>();
  private final List<Route> others = new ArrayList<>();
  private final Map<String, Responder> responders = new HashMap<>();

  OwnPolicies(List<OwnRoute> rows) {
    for (OwnRoute row : rows) {
      Route route = route(row);
      (row.confidential() ? confidential : others).add(route);
      responders.put(route.id(), new Responder.Own(row.endpoint()));
    }
  }

  private static Route route(OwnRoute row) {
    return new Route(
        Policies.RESERVED_API + ":" + row.method() + " " + row.path(),
        Set.of(row.method()),
        PathPattern.parse(row.path()),
        row.open(),
        false,
        row.scopes().stream().map(ScopeTemplate::parse).toList(),
        // What asks for a scope hands something out, and leaves an entry in the audit trail.
        row.scopes().isEmpty() ? Limits.NONE : CallerCheck.LIMITS,
        1,
        Optional.empty(),
        List.of());
  }

  /**
   * The policies of these routes beside those. They take every token that any of those takes, and
   * are as strict about plain HTTP as any, but never revoke what was exposed: which API a token is
   * for is not known.
   */
  List<Policy> beside(List<Policy> policies) {
    boolean tls = policies.stream().anyMatch(policy -> policy.tls() != TlsRule.OPTIONAL);
    return List.of(
        policy(policies, tls ? TlsRule.REQUIRED : TlsRule.OPTIONAL, confidential),
        policy(policies, TlsRule.OPTIONAL, others));
  }

  private static Policy policy(List<Policy> policies, TlsRule tls, List<Route> routes) {
    return new Policy(
        Policies.RESERVED_API,
        NOWHERE,
        List.of(new CredentialCarrier.Scheme("Bearer")),
        EmailRule.OPTIONAL,
        WhoAmI.EMAIL,
        Optional.empty(),
        false,
        policies.stream().anyMatch(Policy::importedTokens),
        policies.stream().flatMap(policy -> policy.issuers().stream()).distinct().toList(),
        tls,
        ErrorProfile.PROBLEM,
        Limits.NONE,
        LimitHeaders.STANDARD,
        TokenRules.NONE,
        false,
        ActivityRule.NONE,
        routes,
        Map.of());
  }

  /** What answers this route: its endpoint, or what a file says. */
  Optional<Responder> responder(Route route) {
    return Optional.ofNullable(responders.get(route.id()))
        .or(() -> route.reply().map(Responder.Constant::new));
  }
}
