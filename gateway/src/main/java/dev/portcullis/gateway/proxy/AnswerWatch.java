package dev.portcullis.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Tells the current request of a connection how it is answered, as the answer goes out: by
 * whomever, and whatever filters made of it. An upgrade ends it: what follows is no answer.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the promise
final class AnswerWatch extends ChannelDuplexHandler {
  private static final AttributeKey<AnswerWatch> KEY =
      AttributeKey.valueOf(AnswerWatch.class, "watch");

  private @Nullable Passage current;

  /** Has this told of its answer. To be called on the connection's event loop. */
  static void await(Channel channel, Passage passage) {
    AnswerWatch watch = channel.attr(KEY).get();
    if (watch != null && channel.isActive()) {
      watch.current = passage;
    } else {
      passage.ended(false);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().attr(KEY).set(this);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    Passage passage = current;
    if (passage == null) {
      context.write(message, promise);
      return;
    }
    boolean last = isLast(passage, message);
    context.write(message, promise);
    if (last) {
      current = null;
      passage.ended(true);
    }
  }

  /** Tells of the part, and whether it is the last. */
  private boolean isLast(Passage passage, Object message) {
    if (message instanceof HttpResponse response) {
      if (isInterim(response.status())) {
        return false;
      }
      passage.answered(response.status().code());
    }
    if (message instanceof ByteBufHolder part) {
      passage.sent(part.content().readableBytes());
    } else if (message instanceof ByteBuf bytes) {
      passage.sent(bytes.readableBytes());
    }
    return message instanceof LastHttpContent;
  }

  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Passage passage = current;
    current = null;
    if (passage != null) {
      passage.ended(false);
    }
    context.fireChannelInactive();
  }
}
