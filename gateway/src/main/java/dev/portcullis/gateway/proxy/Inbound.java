package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.HeaderFields;
import dev.portcullis.gateway.decision.Transport;
import dev.portcullis.gateway.decision.TrustedProxies;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/**
 * One request as it came over the connection, and what the connection tells of it.
 *
 * @param request nothing added or taken away
 * @param fields its field lines
 * @param id its name in the answer, at the upstream and in the log
 * @param peer who is at the other end of the connection; null when unknown
 * @param trusted whether the peer is a trusted proxy
 * @param client the client's address, behind trusted proxies where configured
 * @param transport how it came, to the gateway or to a trusted proxy
 */
record Inbound(
    HttpServerRequest request,
    HttpHeaders fields,
    String id,
    @Nullable InetAddress peer,
    boolean trusted,
    Optional<InetAddress> client,
    Transport transport) {

  static Inbound of(HttpServerRequest request, TrustedProxies proxies) {
    HttpHeaders fields = request.requestHeaders();
    HeaderFields lines = fields::getAll;
    InetSocketAddress remote = request.remoteAddress();
    InetAddress peer = remote == null ? null : remote.getAddress();
    boolean tls = request.scheme().equals("https");
    if (peer == null || !proxies.trusts(peer)) {
      return new Inbound(
          request,
          fields,
          RequestId.next(),
          peer,
          false,
          Optional.ofNullable(peer),
          Transport.of(tls));
    }
    return new Inbound(
        request,
        fields,
        RequestId.of(lines),
        peer,
        true,
        proxies.client(peer, lines),
        proxies.transport(tls, peer, lines));
  }

  /** The field lines as the chain reads them. */
  HeaderFields lines() {
    return fields::getAll;
  }

  /** Whether the client speaks the older version of the protocol. */
  boolean isHttp10() {
    return request.version().equals(HttpVersion.HTTP_1_0);
  }

  /** Whether a body follows the head (RFC 9112, section 6). */
  boolean hasBody() {
    return fields.contains(HttpHeaderNames.TRANSFER_ENCODING)
        || fields.contains(HttpHeaderNames.CONTENT_LENGTH);
  }

  /** The connection. */
  Channel channel() {
    return ((Connection) request).channel();
  }
}
