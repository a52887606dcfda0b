package dev.portcullis.gateway.control;

import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Route;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A route with the policy it stands in. The gateway's own, which no file has, are none. */
record PlacedRoute(Policy policy, Route route) {

  String id() {
    return route.id();
  }

  /** All of them, or those of one API; by id, which stays in order when policies change. */
  static Stream<PlacedRoute> all(Policies policies, Optional<String> api) {
    return policies.list().stream()
        .filter(policy -> api.isEmpty() || api.get().equals(policy.api()))
        .flatMap(policy -> policy.routes().stream().map(route -> new PlacedRoute(policy, route)))
        .sorted(Comparator.comparing(PlacedRoute::id));
  }
}
