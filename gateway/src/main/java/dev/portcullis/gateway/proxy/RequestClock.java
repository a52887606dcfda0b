package dev.portcullis.gateway.proxy;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Times how long the client of one connection takes to send a request; a head too long in coming
 * and a body too slow end as if they could not be decoded. Nothing is held against the client while
 * it waits for an answer, or while the upstream is answering already.
 *
 * <p>A timer is set when a request has come in part; one that comes whole costs none.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing is all that is left to do
final class RequestClock extends ChannelDuplexHandler {
  private final BodyPace pace;
  private final long patience;
  private @Nullable HttpRequest inBody;
  private boolean paced;
  private boolean inHead;
  private boolean fresh = true;
  private boolean waiting;
  private boolean answering;
  private boolean interim;
  private boolean over;
  private int unanswered;
  private long headSince;
  private long due;
  private @Nullable Future<?> timer;

  private RequestClock(ClientBounds bounds) {
    this.pace = new BodyPace(bounds);
    this.patience = bounds.head().toNanos();
  }

  /** Times a new connection; the decoder is there already. */
  static RequestClock start(ChannelPipeline pipeline, ClientBounds bounds) {
    RequestClock clock = new RequestClock(bounds);
    pipeline.addBefore(
        NettyPipeline.HttpCodec, "portcullis.requestBytes", clock.new RequestBytes());
    pipeline.addAfter(NettyPipeline.HttpCodec, "portcullis.requestClock", clock);
    return clock;
  }

  /** How many requests began to come in, and are not answered to the end. */
  int unanswered() {
    return unanswered;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    headSince = now(context);
    lookIn(context, patience);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    inHead = false;
    if (message instanceof HttpRequest request) {
      fresh = false;
      unanswered++;
      inBody = request;
      paced = false;
    }
    if (message instanceof LastHttpContent last && last.decoderResult().isSuccess()) {
      inBody = null;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void read(ChannelHandlerContext context) {
    if (!waiting && inBody != null) {
      pace.await(now(context));
    }
    waiting = true;
    context.read();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      interim = response.status().equals(HttpResponseStatus.CONTINUE);
      answering = !interim;
      over = over || response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    }
    context.write(message, promise);
    if (message instanceof LastHttpContent && !interim) {
      answering = false;
      unanswered--;
      if (inHead) {
        headSince = now(context);
      } else if (inBody != null) {
        startPace(context);
      }
      look(context);
    }
  }

  private void startPace(ChannelHandlerContext context) {
    paced = true;
    pace.begin(inBody != null && inBody.headers().contains(HttpHeaderNames.CONTENT_LENGTH));
    if (waiting) {
      pace.await(now(context));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    over = true;
    cancel();
    context.fireChannelInactive();
  }

  /** Ends what is too slow, and looks again when something else may be. */
  private void look(ChannelHandlerContext context) {
    if (over) {
      return;
    }
    boolean onHead = fresh || (inHead && unanswered == 0);
    boolean onBody = inBody != null && unanswered == 1 && !answering;
    if (!onHead && !onBody) {
      return;
    }
    long now = now(context);
    long left = onHead ? headSince + patience - now : pace.left(now);
    if (left > 0) {
      lookIn(context, left);
    } else if (onHead && !inHead) {
      over = true;
      context.close();
    } else {
      over = true;
      context.fireChannelRead(onHead ? lateHead() : lateBody());
    }
  }

  private void lookIn(ChannelHandlerContext context, long delay) {
    long at = now(context) + delay;
    if (timer != null && due - at <= 0) {
      return;
    }
    cancel();
    due = at;
    timer =
        context
            .executor()
            .schedule(
                () -> {
                  timer = null;
                  look(context);
                },
                delay,
                NANOSECONDS);
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private static HttpRequest lateHead() {
    HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    head.setDecoderResult(DecoderResult.failure(new TooSlowException()));
    return head;
  }

  private static HttpContent lateBody() {
    HttpContent part = new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
    part.setDecoderResult(DecoderResult.failure(new TooSlowException()));
    return part;
  }

  private static long now(ChannelHandlerContext context) {
    return context.executor().ticker().nanoTime();
  }

  /** What arrives, before it is decoded. */
  private final class RequestBytes extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      waiting = false;
      if (over || !(message instanceof ByteBuf bytes)) {
        context.fireChannelRead(message);
        return;
      }
      boolean begins = false;
      if (inBody != null) {
        pace.came(now(context), bytes.readableBytes());
      } else if (!inHead && bytes.forEachByte(ByteProcessor.FIND_NON_CRLF) >= 0) {
        begins = true;
        inHead = true;
      }
      context.fireChannelRead(bytes);
      if (begins && inHead) {
        headSince = fresh ? headSince : now(context);
        look(context.pipeline().context(RequestClock.this));
      } else if (inBody != null && !paced) {
        startPace(context);
        look(context.pipeline().context(RequestClock.this));
      }
    }
  }
}
