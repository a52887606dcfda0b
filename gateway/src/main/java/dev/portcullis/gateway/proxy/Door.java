package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Receives the requests of one connection, and turns away at once what is refused at once: it costs
 * none of what a request costs that passes. Only what has no body and nothing unusual about it, and
 * comes when no other request of its connection waits for its answer; all else is refused further
 * on, with the same answer.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the promise
final class Door extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Arrival> ARRIVAL = AttributeKey.valueOf(Door.class, "arrival");

  private final RequestClock clock;
  private final Arrivals arrivals;
  private final Admission admission;
  private final Refusals refusals;
  private @Nullable FullHttpResponse refusal;
  private boolean unflushed;

  Door(RequestClock clock, Arrivals arrivals, Admission admission, Refusals refusals) {
    this.clock = clock;
    this.arrivals = arrivals;
    this.admission = admission;
    this.refusals = refusals;
  }

  /** What is known of the request with these fields, if it came in by the door. */
  @SuppressWarnings("ReferenceEquality") // the very request, not one like it
  static Optional<Arrival> known(Channel channel, HttpHeaders fields) {
    Arrival arrival = channel.attr(ARRIVAL).getAndSet(null);
    return arrival != null && arrival.passage().inbound().fields() == fields
        ? Optional.of(arrival)
        : Optional.empty();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      refusal = isReady(context.channel(), request) ? receive(context.channel(), request) : null;
    }
    if (refusal == null) {
      context.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    if (message instanceof LastHttpContent) {
      context.write(refusal);
      refusal = null;
      unflushed = true;
    }
  }

  /** What is not read goes the long way, where answers wait for their reader. */
  private boolean isReady(Channel channel, HttpRequest request) {
    HttpHeaders fields = request.headers();
    return clock.unanswered() == 1
        && channel.isWritable()
        && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && !fields.contains(HttpHeaderNames.CONTENT_LENGTH)
        && !fields.contains(HttpHeaderNames.TRANSFER_ENCODING)
        && HttpUtil.isKeepAlive(request);
  }

  private @Nullable FullHttpResponse receive(Channel channel, HttpRequest request) {
    Passage passage = arrivals.begin(channel, request);
    Arrival arrival = arrivals.receive(passage);
    try {
      FullHttpResponse refused = refuse(arrival);
      if (refused != null) {
        return refused;
      }
    } catch (RuntimeException e) {
      arrival = new Arrival.Failed(passage, e);
    }
    channel.attr(ARRIVAL).set(arrival);
    return null;
  }

  /** Null for what is not refused at once. */
  private @Nullable FullHttpResponse refuse(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Unlawful _, Arrival.Failed _ -> null;
      case Arrival.Unrouted(Passage passage, Decision.Denied denied) ->
          OwnMessage.of(refusals.unrouted(passage, denied), passage.inbound(), begun(passage));
      case Arrival.Followed(Routed routed) when routed.deliberation().atOnce() ->
          refuse(routed, routed.deliberation().decision().join());
      case Arrival.Followed _ -> null;
    };
  }

  private @Nullable FullHttpResponse refuse(Routed routed, Decision decision) {
    if (!Admission.refuses(routed, decision)) {
      return null;
    }
    OutgoingFields fields = begun(routed.passage());
    return admission
        .settle(routed, decision, fields.view())
        .map(answer -> OwnMessage.of(answer, routed.inbound(), fields))
        .orElse(null);
  }

  /** What the head of every answer has. */
  private static OutgoingFields begun(Passage passage) {
    OutgoingFields fields = OutgoingFields.none();
    fields.lines().set(RequestId.HEADER, passage.inbound().id());
    return fields;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (unflushed) {
      unflushed = false;
      context.flush();
      // The next request; who serves one does so when it is read to its end.
      context.read();
    }
    context.fireChannelReadComplete();
  }
}
