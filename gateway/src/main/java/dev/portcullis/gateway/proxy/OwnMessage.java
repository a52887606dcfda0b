package dev.portcullis.gateway.proxy;

import dev.portcullis.policy.Answer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An answer of the gateway's own on its way to the client. */
final class OwnMessage {
  private OwnMessage() {}

  /**
   * Sends an answer. Where no body is to come, it does so in a turn of its own of the connection's
   * event loop: Reactor Netty 1.3.7 stops reading a connection for good when a request that had to
   * wait for the one before it is answered in the turn in which it is begun (reactor-netty issue
   * 4361). Behind a head, a body that is none would close the connection first.
   */
  static Mono<Void> write(Answer answer, Inbound inbound, ServerHttpResponse response) {
    response.setRawStatusCode(answer.status());
    DataBuffer buffer = response.bufferFactory().wrap(complete(answer, response.getHeaders()));
    Mono<Void> written = response.writeWith(Mono.just(buffer));
    return inbound.hasBody()
        ? written
        : written.subscribeOn(Schedulers.fromExecutor(inbound.channel().eventLoop()));
  }

  /** The same answer as one message for the connection itself; takes the header fields over. */
  static FullHttpResponse of(Answer answer, Inbound inbound, OutgoingFields fields) {
    byte[] body = complete(answer, fields.view());
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(answer.status()),
        inbound.method().equals("HEAD") ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body),
        fields.lines(),
        DefaultHttpHeadersFactory.trailersFactory().newEmptyHeaders());
  }

  /** Adds the answer's header fields, and those that it must have. Its body. */
  private static byte[] complete(Answer answer, HttpHeaders headers) {
    for (Answer.Header header : answer.headers()) {
      headers.add(header.name(), header.value());
    }
    if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
      headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    headers.remove(HttpHeaders.TRANSFER_ENCODING);
    headers.setContentLength(body.length);
    return body;
  }
}
