package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.filter.AdaptCachedBodyGlobalFilter;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.RemoveCachedBodyFilter;
import org.springframework.cloud.gateway.filter.factory.PreserveHostHeaderGatewayFilterFactory;

class RouteFiltersTest {
  private static final URI UPSTREAM = URI.create("http://upstream.test");

  private final RouteFilters filters =
      new RouteFilters(
          List.of(
              new RemoveCachedBodyFilter(),
              new AdaptCachedBodyGlobalFilter(),
              new NettyWriteResponseFilter(List.of(), HeaderFilters.of())));

  private List<GatewayFilter> of(GatewayFilter... own) {
    return filters.getCombinedFilters(new RouteFilters.Chain(List.of(own)).route("r", UPSTREAM));
  }

  @Test
  void aRouteWithoutFiltersGoesWithoutThoseThatServeFilters() {
    assertThat(of()).hasSize(1).first().asString().contains("NettyWriteResponseFilter");
  }

  @Test
  void aRouteWithAFilterHasThemAll() {
    assertThat(of(new PreserveHostHeaderGatewayFilterFactory().apply())).hasSize(4);
  }
}
