package dev.portcullis.gateway.control;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A filter against web pages that make an operator's browser speak to the control plane: by another
 * origin (RFC 6454; Fetch Metadata), or by a name that its owner points at this machine. An address
 * in {@code Host} is always good, for no name server had a say in it.
 */
final class BrowserShield implements WebFilter, Ordered {
  private static final Pattern HOST =
      Pattern.compile("(?<host>\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[0-9]{1,5})?");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private final Set<String> hosts;

  BrowserShield(Set<String> hosts) {
    this.hosts = hosts;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 1;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return refusal(exchange.getRequest().getHeaders())
        .map(problem -> Answers.write(exchange, problem))
        .orElseGet(() -> chain.filter(exchange));
  }

  private Optional<Problem> refusal(HttpHeaders headers) {
    List<String> host = headers.getOrEmpty(HttpHeaders.HOST);
    if (host.size() != 1 || !isOurs(host.getFirst())) {
      return Optional.of(
          Problem.of(
              HttpStatus.MISDIRECTED_REQUEST,
              "the control plane has no such name; portcullis.control.hosts lists its names"));
    }
    boolean own =
        OWN_SITE.containsAll(headers.getOrEmpty("Sec-Fetch-Site"))
            && Set.of("http://" + host.getFirst(), "https://" + host.getFirst())
                .containsAll(headers.getOrEmpty(HttpHeaders.ORIGIN));
    return own
        ? Optional.empty()
        : Optional.of(Problem.of(HttpStatus.FORBIDDEN, "a page of another origin sent this"));
  }

  private boolean isOurs(String hostAndPort) {
    Matcher matcher = HOST.matcher(hostAndPort.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return false;
    }
    String host = matcher.group("host");
    return host.equals("localhost") || hosts.contains(host) || isAddress(host);
  }

  private static boolean isAddress(String host) {
    try {
      return InetAddress.ofLiteral(host).getAddress().length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
