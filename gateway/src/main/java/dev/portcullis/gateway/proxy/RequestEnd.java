package dev.portcullis.gateway.proxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the current request of a connection has been read to its end, and what to do when
 * it is answered or given up before: the rest is read and thrown away for a bounded time. To close
 * at once would have the operating system throw away the answer (RFC 9112, section 9.6).
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the promise, or nobody is left to tell
final class RequestEnd extends ChannelDuplexHandler {
  /** How long a client may take to notice that the connection is closing. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Duration drainTime;
  private boolean reached = true;
  private boolean interim;
  private boolean closing;
  private @Nullable Future<?> deadline;

  RequestEnd(Duration drainTime) {
    this.drainTime = drainTime;
  }

  /** Whether there is no request, or it has been read whole. */
  boolean isReached() {
    return reached;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      // What follows an undecodable head is skipped by the decoder for good.
      reached = false;
    }
    if (message instanceof LastHttpContent last && last.decoderResult().isSuccess()) {
      reached = true;
      cancelDeadline();
    }
    if (closing) {
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      interim = response.status().equals(HttpResponseStatus.CONTINUE);
    }
    if (message instanceof LastHttpContent && !interim && !reached && deadline == null) {
      deadline =
          context
              .executor()
              .schedule(() -> context.close(), drainTime.toMillis(), TimeUnit.MILLISECONDS);
    }
    context.write(message, promise);
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (reached || closing || !context.channel().isActive()) {
      context.close(promise);
      return;
    }
    closing = true;
    cancelDeadline();
    if (context.channel() instanceof DuplexChannel channel
        && context.pipeline().get(SslHandler.class) == null) {
      channel.shutdownOutput();
    }
    context.channel().config().setAutoRead(true);
    deadline =
        context
            .executor()
            .schedule(() -> context.close(promise), LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancelDeadline();
    context.fireChannelInactive();
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
