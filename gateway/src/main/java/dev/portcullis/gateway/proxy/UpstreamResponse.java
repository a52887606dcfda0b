package dev.portcullis.gateway.proxy;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClientResponse;

/** The head of an upstream's response, as the client gets it. */
final class UpstreamResponse {
  private static final String PRIVATE = "private";

  private UpstreamResponse() {}

  static void copyHead(HttpClientResponse upstream, ServerWebExchange exchange) {
    if (upstream.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      throw new IllegalStateException("the upstream switched protocols unasked");
    }
    exchange.getResponse().setRawStatusCode(upstream.status().code());
    HttpHeaders headers = exchange.getResponse().getHeaders();
    Set<String> nominated =
        HopByHop.nominated(upstream.responseHeaders().getAll(HttpHeaders.CONNECTION));
    boolean limitsTold = LimitFields.areIn(headers);
    Set<String> added = new HashSet<>();
    for (Map.Entry<String, String> line : upstream.responseHeaders()) {
      String name = line.getKey().toLowerCase(Locale.ROOT);
      if (!isDropped(name)
          && !nominated.contains(name)
          && !(limitsTold && LimitFields.areTold(name))) {
        headers.add(line.getKey(), line.getValue());
        added.add(line.getKey());
      }
    }
    // What a filter that tries again takes back.
    exchange.getAttributes().put(CLIENT_RESPONSE_HEADER_NAMES, added);
    if (headers.containsHeader(HttpHeaders.CONTENT_LENGTH)) {
      // The server's own default; both together are unlawful.
      headers.remove(HttpHeaders.TRANSFER_ENCODING);
    } else if (Routed.of(exchange).inbound().isHttp10()) {
      // Chunks are unknown to such a client; the end of the body is that of the connection.
      headers.remove(HttpHeaders.TRANSFER_ENCODING);
      headers.set(HttpHeaders.CONNECTION, "close");
    }
    if (Routed.of(exchange).route().privateAnswers()) {
      keepFromSharedCaches(headers);
    }
  }

  /** The request's id was set when it came in. */
  private static boolean isDropped(String name) {
    return HopByHop.NAMES.contains(name)
        || name.equals("transfer-encoding")
        || name.equalsIgnoreCase(RequestId.HEADER);
  }

  /** Adds {@code private}, and takes away what lets a shared cache keep an answer all the same. */
  private static void keepFromSharedCaches(HttpHeaders headers) {
    List<String> kept =
        headers.getOrEmpty(HttpHeaders.CACHE_CONTROL).stream()
            .flatMap(line -> Stream.of(line.split(",", -1)))
            .map(String::strip)
            .filter(directive -> !directive.isEmpty() && !isForSharedCaches(directive))
            .toList();
    boolean closed = kept.stream().anyMatch(UpstreamResponse::closesSharedCaches);
    headers.set(
        HttpHeaders.CACHE_CONTROL,
        String.join(
            ", ", closed ? kept : Stream.concat(Stream.of(PRIVATE), kept.stream()).toList()));
  }

  /** {@code private="x"} is of one field only, so a shared cache keeps the rest. */
  private static boolean closesSharedCaches(String directive) {
    return directive.equalsIgnoreCase(PRIVATE) || directive.equalsIgnoreCase("no-store");
  }

  private static boolean isForSharedCaches(String directive) {
    String lower = directive.toLowerCase(Locale.ROOT);
    return lower.equals("public") || lower.startsWith("s-maxage");
  }
}
