package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.proxy.ProxySettings.UpstreamTimeouts;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection to an upstream: ends an exchange in which nothing moves any more, and
 * keeps interim responses (RFC 9110, section 15.2) from being taken for the response.
 *
 * <p>One timer a connection looks now and then whether time is up; a request itself costs no timer.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the promise, or nobody is left to tell
final class UpstreamWatch extends ChannelDuplexHandler {
  /**
   * What stands behind {@code ?} in the next request. It is set on the channel, for Reactor Netty
   * logs the addresses it is given, and a query may hold a credential that is passed on.
   */
  static final AttributeKey<String> QUERY = AttributeKey.valueOf(UpstreamWatch.class, "query");

  private static final int SWITCHING_PROTOCOLS = 101;

  private final long awaitingNanos;
  private final long streamingNanos;
  private boolean busy;
  private boolean responding;
  private boolean interim;
  private boolean sent;
  private int unsent;
  private long moved;
  private long due;
  private @Nullable Future<?> timer;

  UpstreamWatch(UpstreamTimeouts timeouts) {
    this.awaitingNanos = nanos(timeouts.response());
    this.streamingNanos = nanos(timeouts.idle());
  }

  private static long nanos(Duration duration) {
    return Math.max(1, duration.toNanos());
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpRequest request) {
      busy = true;
      responding = false;
      sent = false;
      String query = context.channel().attr(QUERY).getAndSet(null);
      if (query != null) {
        request.setUri(request.uri() + "?" + query);
      }
    }
    moved(context);
    sent = sent || message instanceof LastHttpContent;
    unsent++;
    // Only what the network has taken is progress.
    context.write(message, promise.unvoid()).addListener(future -> taken(context));
  }

  private void taken(ChannelHandlerContext context) {
    unsent--;
    moved = now(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response && isInterim(response)) {
      interim = true;
    }
    if (interim) {
      interim = !(message instanceof LastHttpContent);
      ReferenceCountUtil.release(message);
      context.read();
      return;
    }
    if (busy && isBrokenBody(message)) {
      busy = false;
      fail(context, (HttpContent) message);
      return;
    }
    responding = responding || message instanceof HttpResponse;
    if (message instanceof LastHttpContent) {
      busy = false;
    }
    moved(context);
    context.fireChannelRead(message);
  }

  private static boolean isBrokenBody(Object message) {
    return message instanceof HttpContent content
        && !(message instanceof HttpResponse)
        && content.decoderResult().isFailure();
  }

  private static void fail(ChannelHandlerContext context, HttpContent broken) {
    broken.release();
    context.fireExceptionCaught(UpstreamFaults.Fault.of(broken.decoderResult().cause()));
    context.close();
  }

  private static boolean isInterim(HttpResponse response) {
    return response.decoderResult().isSuccess()
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
        && response.status().code() != SWITCHING_PROTOCOLS;
  }

  private void moved(ChannelHandlerContext context) {
    moved = now(context);
    if (busy && (timer == null || due - moved > patience())) {
      schedule(context, patience());
    }
  }

  /** The upstream has all there is of the request, and the client is timed by its own clock. */
  private boolean isAwaitingClient() {
    return !sent && unsent == 0 && !responding;
  }

  private long patience() {
    return responding ? streamingNanos : awaitingNanos;
  }

  private void schedule(ChannelHandlerContext context, long delay) {
    cancel();
    due = now(context) + delay;
    timer = context.executor().schedule(() -> look(context), delay, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    timer = null;
    if (!busy) {
      return;
    }
    if (isAwaitingClient()) {
      moved = now(context);
    }
    long left = moved + patience() - now(context);
    if (left > 0) {
      schedule(context, left);
      return;
    }
    busy = false;
    context.fireExceptionCaught(ReadTimeoutException.INSTANCE);
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    busy = false;
    cancel();
    context.fireChannelInactive();
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private static long now(ChannelHandlerContext context) {
    return context.executor().ticker().nanoTime();
  }
}
