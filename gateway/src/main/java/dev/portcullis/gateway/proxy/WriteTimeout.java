package dev.portcullis.gateway.proxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Resets the connection of a client that takes nothing of what is there for it. Where nothing is
 * there, as between the events of a stream, no time passes.
 *
 * <p>A timer is set when the operating system does not take all that is flushed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing is all that is left to do
final class WriteTimeout extends ChannelDuplexHandler {
  private static final int LOOKS = 4;

  private final long nanos;
  private long written;
  private final ChannelFutureListener taken = future -> written++;
  private long seenWritten;
  private long seenProgress;
  private long moved;
  private @Nullable Future<?> timer;

  WriteTimeout(Duration timeout) {
    this.nanos = timeout.toNanos();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    context.write(message, promise.unvoid()).addListener(taken);
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    context.flush();
    if (timer == null && pending(context) != null) {
      moved = now(context);
      lookLater(context);
    }
  }

  private void lookLater(ChannelHandlerContext context) {
    timer = context.executor().schedule(() -> look(context), nanos / LOOKS, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    timer = null;
    ChannelOutboundBuffer pending = pending(context);
    if (pending == null) {
      return;
    }
    if (written != seenWritten || pending.currentProgress() != seenProgress) {
      seenWritten = written;
      seenProgress = pending.currentProgress();
      moved = now(context);
    }
    if (now(context) - moved < nanos) {
      lookLater(context);
      return;
    }
    // The operating system is not to keep what the client does not take.
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    context.close();
  }

  /** What the operating system has not taken; null when that is nothing. */
  private static @Nullable ChannelOutboundBuffer pending(ChannelHandlerContext context) {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return buffer == null || buffer.totalPendingWriteBytes() == 0 ? null : buffer;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (timer != null) {
      timer.cancel(false);
    }
    context.fireChannelInactive();
  }

  private static long now(ChannelHandlerContext context) {
    return context.executor().ticker().nanoTime();
  }
}
