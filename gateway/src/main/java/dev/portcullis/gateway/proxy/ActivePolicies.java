package dev.portcullis.gateway.proxy;

import dev.portcullis.policy.CredentialCarrier.Basic;
import dev.portcullis.policy.CredentialCarrier.Scheme;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Problem;
import dev.portcullis.policy.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.cloud.gateway.filter.GatewayFilter;

/** The policies that the data plane follows. Requests in flight stay with those they began with. */
public final class ActivePolicies {

  /** What became of policies offered. */
  public sealed interface Swap {}

  /** They are in force. */
  public record Swapped() implements Swap {}

  /** They cannot be followed, and those before stay in force; all problems are listed. */
  public record Unfit(List<Problem> problems) implements Swap {}

  private final FilterCompiler compiler;
  private final OwnPolicies own;
  private volatile CompiledPolicies current;

  ActivePolicies(FilterCompiler compiler, OwnPolicies own) {
    this.compiler = compiler;
    this.own = own;
    this.current = new CompiledPolicies(Policies.of(0, List.of()), Map.of());
  }

  /**
   * Those in force, with the gateway's own routes in their index; of generation 0, with no route,
   * before the first swap.
   */
  public Policies current() {
    return current.policies();
  }

  /** The ids of all routes in force, the gateway's own among them. */
  public Set<String> routes() {
    return current.routes().keySet();
  }

  CompiledPolicies compiled() {
    return current;
  }

  /** Compiles all routes and only then puts these policies in force, whole. */
  public synchronized Swap swap(Policies policies) {
    List<Problem> problems = new ArrayList<>();
    Map<String, CompiledRoute> routes = new HashMap<>();
    Map<List<String>, RouteFilters.Chain> chains = new HashMap<>();
    List<Policy> built = own.beside(policies.list());
    for (Policy policy : policies.list()) {
      compile(policy, chains, routes, problems);
    }
    for (Policy policy : built) {
      compile(policy, chains, routes, problems);
    }
    if (!problems.isEmpty()) {
      return new Unfit(List.copyOf(problems));
    }
    current = new CompiledPolicies(policies.withOwn(built), Map.copyOf(routes));
    return new Swapped();
  }

  private void compile(
      Policy policy,
      Map<List<String>, RouteFilters.Chain> chains,
      Map<String, CompiledRoute> routes,
      List<Problem> problems) {
    CredentialFields credentials = CredentialFields.of(policy);
    UpstreamTarget target = UpstreamTarget.of(policy.upstream());
    boolean elsewhere =
        !policy.credentials().stream().allMatch(c -> c instanceof Scheme || c instanceof Basic);
    for (int i = 0; i < policy.routes().size(); i++) {
      Route route = policy.routes().get(i);
      RouteFilters.Chain chain = chain(policy, i, chains, problems);
      routes.put(
          route.id(),
          new CompiledRoute(
              policy,
              chain.route(route.id(), policy.upstream()),
              target,
              credentials,
              elsewhere && !route.open(),
              own.responder(route)));
    }
  }

  /** Routes with the same filters share one chain: ten thousand of them have few different ones. */
  private RouteFilters.Chain chain(
      Policy policy,
      int index,
      Map<List<String>, RouteFilters.Chain> chains,
      List<Problem> problems) {
    Route route = policy.routes().get(index);
    RouteFilters.Chain known = chains.get(route.filters());
    if (known != null) {
      return known;
    }
    List<GatewayFilter> filters = new ArrayList<>(route.filters().size());
    for (int i = 0; i < route.filters().size(); i++) {
      try {
        filters.add(compiler.compile(route.filters().get(i), i, route.id()));
      } catch (IllegalArgumentException e) {
        String path = "routes[" + index + "].filters[" + i + "]";
        problems.add(new Problem(policy.api(), 1, path, String.valueOf(e.getMessage())));
      }
    }
    RouteFilters.Chain chain = new RouteFilters.Chain(filters);
    if (route.filters().stream().noneMatch(compiler::isOfOneRoute)) {
      chains.put(route.filters(), chain);
    }
    return chain;
  }
}
