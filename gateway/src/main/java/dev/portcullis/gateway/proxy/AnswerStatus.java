package dev.portcullis.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.AttributeKey;
import java.util.function.IntConsumer;

/**
 * Tells how the current request of a connection is answered, as the answer goes out: by whomever,
 * and whatever filters made of it.
 */
@ChannelHandler.Sharable
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the promise
final class AnswerStatus extends ChannelDuplexHandler {
  private static final AttributeKey<IntConsumer> LISTENER =
      AttributeKey.valueOf(AnswerStatus.class, "listener");

  /**
   * Has this told the status, once; {@link ServedRequest#NO_ANSWER} where the connection ends
   * before there is an answer. To be called on the connection's event loop.
   */
  static void await(Channel channel, IntConsumer listener) {
    if (channel.isActive()) {
      channel.attr(LISTENER).set(listener);
    } else {
      listener.accept(ServedRequest.NO_ANSWER);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response && !isInterim(response.status())) {
      tell(context, response.status().code());
    }
    context.write(message, promise);
  }

  /** An upgrade is an answer, though its status is of the same class. */
  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    tell(context, ServedRequest.NO_ANSWER);
    context.fireChannelInactive();
  }

  private static void tell(ChannelHandlerContext context, int status) {
    IntConsumer listener = context.channel().attr(LISTENER).getAndSet(null);
    if (listener != null) {
      listener.accept(status);
    }
  }
}
