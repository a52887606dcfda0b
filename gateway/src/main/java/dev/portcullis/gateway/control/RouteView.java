package dev.portcullis.gateway.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reach;
import dev.portcullis.policy.Route;
import dev.portcullis.policy.ScopeTemplate;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A route in JSON.
 *
 * @param methods empty for any
 * @param open whether no credentials are asked for
 * @param scopes all of them are required
 * @param limits the route's own, and those of its API
 * @param roles of its policy, that cover what it requires; none where nothing is required
 * @param upstream scheme, host and port; {@code null} where the gateway answers, and for those who
 *     are not told
 */
record RouteView(
    String id,
    String api,
    List<String> methods,
    String path,
    @JsonProperty("public") boolean open,
    boolean shadow,
    List<String> scopes,
    List<String> limits,
    List<RoleView> roles,
    Optional<String> upstream) {

  /**
   * A role of a policy, in JSON.
   *
   * @param reach {@code all} or {@code some}
   */
  record RoleView(String role, String reach) {}

  /** As an operator sees it: where it leads is for those of no organization. */
  static RouteView of(PlacedRoute placed, Operator operator) {
    Policy policy = placed.policy();
    Route route = placed.route();
    return new RouteView(
        route.id(),
        policy.api(),
        route.methods().stream().sorted().toList(),
        route.path().toString(),
        route.open(),
        route.shadow(),
        route.scopes().stream().map(ScopeTemplate::toString).toList(),
        Stream.concat(route.limits().written().stream(), policy.limits().written().stream())
            .map(Limit::toString)
            .toList(),
        roles(policy, route),
        operator.organization().isEmpty() && route.reply().isEmpty()
            ? Optional.of(origin(policy.upstream()))
            : Optional.empty());
  }

  private static List<RoleView> roles(Policy policy, Route route) {
    return route.scopes().isEmpty()
        ? List.of()
        : policy.roles().keySet().stream()
            .sorted()
            .flatMap(role -> role(role, policy, route).stream())
            .toList();
  }

  private static Optional<RoleView> role(String role, Policy policy, Route route) {
    Reach reach = new GrantedScopes(List.of(), List.of(role)).reach(route.scopes(), policy.roles());
    return reach == Reach.NONE ? Optional.empty() : Optional.of(new RoleView(role, word(reach)));
  }

  static String word(Reach reach) {
    return reach.name().toLowerCase(Locale.ROOT);
  }

  private static String origin(URI upstream) {
    String host = upstream.getScheme() + "://" + upstream.getHost();
    return upstream.getPort() < 0 ? host : host + ":" + upstream.getPort();
  }
}
