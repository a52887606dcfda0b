package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.HeaderFields;
import dev.portcullis.gateway.decision.Transport;
import dev.portcullis.gateway.decision.TrustedProxies;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came over the connection, and what the connection tells of it.
 *
 * @param channel the connection
 * @param request its head, nothing added or taken away
 * @param scheme {@code http} or {@code https}, as the connection is
 * @param id its name in the answer, at the upstream and in the log
 * @param peer who is at the other end of the connection; null when unknown
 * @param trusted whether the peer is a trusted proxy
 * @param client the client's address, behind trusted proxies where configured
 * @param transport how it came, to the gateway or to a trusted proxy
 */
record Inbound(
    Channel channel,
    HttpRequest request,
    String scheme,
    String id,
    @Nullable InetAddress peer,
    boolean trusted,
    Optional<InetAddress> client,
    Transport transport) {

  static Inbound of(Channel channel, HttpRequest request, TrustedProxies proxies) {
    HttpHeaders fields = request.headers();
    HeaderFields lines = fields::getAll;
    InetAddress peer =
        channel.remoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
    boolean tls = channel.pipeline().get(SslHandler.class) != null;
    String scheme = tls ? "https" : "http";
    if (peer == null || !proxies.trusts(peer)) {
      return new Inbound(
          channel,
          request,
          scheme,
          RequestId.next(),
          peer,
          false,
          Optional.ofNullable(peer),
          Transport.of(tls));
    }
    return new Inbound(
        channel,
        request,
        scheme,
        RequestId.of(lines),
        peer,
        true,
        proxies.client(peer, lines),
        proxies.transport(tls, peer, lines));
  }

  /** The field lines. */
  HttpHeaders fields() {
    return request.headers();
  }

  /** The field lines as the chain reads them. */
  HeaderFields lines() {
    return fields()::getAll;
  }

  /** Its method, as received. */
  String method() {
    return request.method().name();
  }

  /** Whom the client asks for, with a port or without; empty where it does not say. */
  Optional<String> host() {
    return Optional.ofNullable(fields().get(HttpHeaderNames.HOST));
  }

  /** The port that the client asks for, or else the scheme's. */
  String port() {
    String host = host().orElse("");
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') && colon < host.length() - 1
        ? host.substring(colon + 1)
        : scheme.equals("https") ? "443" : "80";
  }

  /** Whether the client speaks the older version of the protocol. */
  boolean isHttp10() {
    return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  /** Whether a body follows the head (RFC 9112, section 6). */
  boolean hasBody() {
    return fields().contains(HttpHeaderNames.TRANSFER_ENCODING)
        || fields().contains(HttpHeaderNames.CONTENT_LENGTH);
  }
}
