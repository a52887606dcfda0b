package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.HeaderFields;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The fields that tell an upstream where a request came from. What an untrusted peer says of that
 * is dropped; a trusted proxy's word is kept and added to.
 */
final class ForwardedFields {
  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";
  private static final String HOST = "X-Forwarded-Host";
  private static final String PORT = "X-Forwarded-Port";
  private static final String REAL_IP = "X-Real-IP";
  private static final String FORWARDED = "Forwarded";

  private ForwardedFields() {}

  /** Whether a field of this name, in lower case with {@code -} for {@code _}, is one of them. */
  static boolean contain(String name) {
    return name.startsWith("x-forwarded-")
        || name.equals("forwarded")
        || name.equals("x-real-ip")
        || name.equals("x-original-url")
        || name.equals("x-rewrite-url");
  }

  static void set(Inbound inbound, HttpHeaders headers) {
    HeaderFields lines = inbound.trusted() ? inbound.lines() : name -> List.of();
    String scheme = inbound.scheme();
    InetAddress peer = inbound.peer();
    if (peer != null) {
      headers.set(FOR, appended(lines.values(FOR), peer.getHostAddress()));
    }
    headers.set(PROTO, told(lines, PROTO, scheme));
    inbound.host().ifPresent(host -> headers.set(HOST, told(lines, HOST, host)));
    headers.set(PORT, told(lines, PORT, inbound.port()));
    inbound.client().ifPresent(client -> headers.set(REAL_IP, client.getHostAddress()));
    if (!lines.values(FORWARDED).isEmpty()) {
      headers.set(FORWARDED, appended(lines.values(FORWARDED), element(peer, scheme)));
    }
  }

  private static String told(HeaderFields lines, String name, String observed) {
    List<String> values = lines.values(name);
    return values.isEmpty() || values.getFirst().isBlank() ? observed : String.join(", ", values);
  }

  private static String appended(List<String> values, String last) {
    return values.isEmpty() ? last : String.join(", ", values) + ", " + last;
  }

  /** One element of {@code Forwarded} (RFC 7239, section 4). */
  private static String element(@Nullable InetAddress peer, String scheme) {
    String node =
        switch (peer) {
          case null -> "unknown";
          case Inet6Address v6 -> "\"[" + v6.getHostAddress() + "]\"";
          default -> peer.getHostAddress();
        };
    return "for=" + node + ";proto=" + scheme;
  }
}
