package dev.portcullis.gateway.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;

/**
 * The header filters that one of Spring Cloud Gateway's filters is to run, instead of all that are
 * in the context: those remove what the gateway has set.
 *
 * @param filters in order
 */
record HeaderFilters(List<HttpHeadersFilter> filters)
    implements ObjectProvider<List<HttpHeadersFilter>> {

  static HeaderFilters of(HttpHeadersFilter... filters) {
    return new HeaderFilters(List.of(filters));
  }

  @Override
  public Stream<List<HttpHeadersFilter>> stream() {
    // Whoever gets the list may add to it.
    return Stream.of(new ArrayList<>(filters));
  }
}
