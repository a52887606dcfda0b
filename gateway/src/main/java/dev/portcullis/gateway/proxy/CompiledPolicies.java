package dev.portcullis.gateway.proxy;

import dev.portcullis.policy.Policies;
import dev.portcullis.policy.RouteMatch;
import java.util.Map;

/**
 * Policies with their routes compiled: what one request goes by from beginning to end.
 *
 * @param policies as read
 * @param routes by id
 */
record CompiledPolicies(Policies policies, Map<String, CompiledRoute> routes) {

  /** The compiled form of a match of {@link #policies}' own index. */
  CompiledRoute of(RouteMatch match) {
    CompiledRoute route = routes.get(match.route().id());
    if (route == null) {
      throw new IllegalStateException("route " + match.route().id() + " was not compiled");
    }
    return route;
  }
}
