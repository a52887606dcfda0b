package dev.portcullis.gateway.proxy;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.cloud.gateway.filter.AdaptCachedBodyGlobalFilter;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.filter.RemoveCachedBodyFilter;
import org.springframework.cloud.gateway.handler.AsyncPredicate;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.DecoratingProxy;

/**
 * Runs a request through the filters of its route, the gateway's own among them; sorted once a
 * chain, not once a request. Where a policy names no filter, those that serve other filters are
 * left out.
 */
final class RouteFilters extends FilteringWebHandler {
  /** They hand a body that a filter has kept on to the next. */
  private static final Set<Class<?>> KEEPING_BODIES =
      Set.of(RemoveCachedBodyFilter.class, AdaptCachedBodyGlobalFilter.class);

  RouteFilters(List<GlobalFilter> globalFilters) {
    super(globalFilters, false);
  }

  @Override
  protected List<GatewayFilter> getCombinedFilters(Route route) {
    Chain chain = (Chain) Objects.requireNonNull(route.getMetadata().get(Chain.KEY));
    List<GatewayFilter> sorted = chain.sorted.get();
    if (sorted == null) {
      List<GatewayFilter> all = getAllFilters(route);
      sorted =
          chain.filters.isEmpty()
              ? all.stream().filter(filter -> !KEEPING_BODIES.contains(type(filter))).toList()
              : all;
      chain.sorted.set(sorted);
    }
    return sorted;
  }

  private static Class<?> type(GatewayFilter filter) {
    return switch (filter) {
      case OrderedGatewayFilter ordered -> type(ordered.getDelegate());
      case DecoratingProxy wrapper -> wrapper.getDecoratedClass();
      default -> filter.getClass();
    };
  }

  /** The filters that several routes have in common. */
  static final class Chain {
    private static final String KEY = Chain.class.getName();
    private static final AsyncPredicate<org.springframework.web.server.ServerWebExchange> NEVER =
        AsyncPredicate.from(exchange -> false);

    private final List<GatewayFilter> filters;
    private final AtomicReference<List<GatewayFilter>> sorted = new AtomicReference<>();

    Chain(List<GatewayFilter> filters) {
      this.filters = List.copyOf(filters);
    }

    /** Spring Cloud Gateway's own form of a route; its predicate is never asked. */
    Route route(String id, URI upstream) {
      return Route.async()
          .id(id)
          .uri(upstream)
          .asyncPredicate(NEVER)
          .replaceFilters(filters)
          .metadata(KEY, this)
          .build();
    }
  }
}
