package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.assertion.Assertions;
import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.Decision.Allowed;
import java.net.URI;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Makes of a request that may pass the one that the filters and the upstream see: the canonical
 * path; no credentials; nothing that claims an identity or an origin but what the gateway sets.
 */
final class OutboundHeaders {
  /** Some frameworks take the method from these, and not the one that was checked. */
  private static final Set<String> METHOD_OVERRIDES =
      Set.of("x-http-method-override", "x-http-method", "x-method-override");

  private static final Pattern ODD = Pattern.compile("[^a-z0-9-]");

  private final IdentityFields identity;
  private final Set<String> dropped = new HashSet<>(HopByHop.NAMES);

  OutboundHeaders(IdentityHeaders names, Assertions assertions) {
    this.identity = new IdentityFields(names, assertions);
    names.names().forEach(name -> dropped.add(folded(name.toLowerCase(Locale.ROOT))));
    dropped.add(RequestId.HEADER.toLowerCase(Locale.ROOT));
    dropped.addAll(METHOD_OVERRIDES);
    // answered by the gateway itself, when it begins to read the body
    dropped.add("expect");
    // CGI hands it on as HTTP_PROXY, which many programs take for their own proxy
    dropped.add("proxy");
  }

  /** The request to pass on. */
  ServerHttpRequest request(ServerHttpRequest received, Routed routed, Decision decision) {
    Optional<String> query = routed.route().credentials().query(routed.head().query());
    return OutboundRequest.of(
        readdressed(received, routed.head().path().text(), query),
        fields(routed, decision),
        routed.route().credentials().cookies());
  }

  /**
   * The request with this path and query; the builder reads them anew, so only where they differ.
   */
  private static ServerHttpRequest readdressed(
      ServerHttpRequest received, String path, Optional<String> query) {
    URI uri = received.getURI();
    // Not by URI.equals, which takes %c3 and %C3 for the same
    if (path.equals(uri.getRawPath()) && query.equals(Optional.ofNullable(uri.getRawQuery()))) {
      return received;
    }
    String suffix = query.map(text -> "?" + text).orElse("");
    String address = uri.getScheme() + "://" + uri.getRawAuthority() + path + suffix;
    return received.mutate().uri(URI.create(address)).build();
  }

  private OutgoingFields fields(Routed routed, Decision decision) {
    Inbound inbound = routed.inbound();
    OutgoingFields fields = OutgoingFields.none();
    copy(routed, fields.lines());
    HttpHeaders headers = fields.view();
    if (WebSockets.isUpgrade(inbound)) {
      WebSockets.keepUpgrade(headers);
    }
    ForwardedFields.set(inbound, headers);
    headers.set(RequestId.HEADER, inbound.id());
    TraceFilter.handOn(routed.passage().trace(), headers);
    if (decision instanceof Allowed allowed) {
      identity.set(allowed, routed.route().policy(), headers);
    }
    return fields;
  }

  private void copy(Routed routed, io.netty.handler.codec.http.HttpHeaders copied) {
    CredentialFields credentials = routed.route().credentials();
    Set<String> nominated =
        HopByHop.nominated(routed.inbound().fields().getAll(HttpHeaders.CONNECTION));
    Iterator<Map.Entry<CharSequence, CharSequence>> lines =
        routed.inbound().fields().iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      String name = line.getKey().toString();
      String value = line.getValue().toString();
      String lower = name.toLowerCase(Locale.ROOT);
      String folded = folded(lower);
      if (isDropped(folded)
          || isFramingLookalike(lower, folded)
          || nominated.contains(lower)
          || credentials.drops(lower, value)
          || credentials.imitates(lower, folded)) {
        continue;
      }
      if (lower.equals("cookie")) {
        credentials.cookie(value).ifPresent(left -> copied.add(name, left));
      } else {
        copied.add(line.getKey(), value);
      }
    }
  }

  private boolean isDropped(String folded) {
    return dropped.contains(folded) || ForwardedFields.contain(folded);
  }

  private static boolean isFramingLookalike(String lower, String folded) {
    return !lower.equals(folded)
        && (folded.equals("content-length") || folded.equals("transfer-encoding"));
  }

  /**
   * A name as CGI and its heirs read it, to whom {@code X_Auth}, {@code X.Auth} and {@code X-Auth}
   * are one variable (RFC 3875, section 4.1.18).
   */
  static String folded(String lowerCaseName) {
    for (int i = 0; i < lowerCaseName.length(); i++) {
      if (!isPlain(lowerCaseName.charAt(i))) {
        return ODD.matcher(lowerCaseName).replaceAll("-");
      }
    }
    return lowerCaseName;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }
}
