package dev.portcullis.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * The end of each response on a connection to an upstream: whatever comes behind it, before there
 * is another request, closes the connection (RFC 9112, section 6.3). The decoder would keep it as
 * the beginning of the next response, which is another client's.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing is all that is left to do
final class ResponseBoundary extends ChannelDuplexHandler {
  /** Ends any head, and is nothing between responses: it makes the decoder show what it kept. */
  private static final ByteBuf PROBE =
      Unpooled.unreleasableBuffer(
          Unpooled.wrappedBuffer("\r\n\r\n".getBytes(StandardCharsets.US_ASCII)).asReadOnly());

  private boolean awaited;
  private boolean switched;
  private boolean strayed;
  private boolean decoding;
  private @Nullable Runnable end;

  /** Guards a new connection; the decoder is there already. */
  static void guard(ChannelPipeline pipeline, String after) {
    ResponseBoundary boundary = new ResponseBoundary();
    pipeline.addBefore(
        NettyPipeline.HttpCodec, "portcullis.responseBytes", boundary.new ResponseBytes());
    pipeline.addAfter(after, "portcullis.responseBoundary", boundary);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    awaited = awaited || message instanceof HttpRequest;
    context.write(message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (switched) {
      context.fireChannelRead(message);
      return;
    }
    if (!awaited) {
      strayed = true;
      ReferenceCountUtil.release(message);
      return;
    }
    switched =
        message instanceof HttpResponse response
            && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    if (switched || !(message instanceof LastHttpContent)) {
      context.fireChannelRead(message);
      return;
    }
    awaited = false;
    if (decoding) {
      // Whoever gets it hands the connection on, perhaps before the rest is decoded.
      end = () -> context.fireChannelRead(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  /** What arrives, before it is decoded. */
  private final class ResponseBytes extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (switched) {
        context.fireChannelRead(message);
        return;
      }
      if (!awaited) {
        ReferenceCountUtil.release(message);
        context.close();
        return;
      }
      decoding = true;
      context.fireChannelRead(message);
      if (end != null) {
        context.fireChannelRead(PROBE.duplicate());
      }
      decoding = false;
      Runnable passOn = end;
      end = null;
      if (passOn != null) {
        passOn.run();
      }
      if (strayed) {
        context.close();
      }
    }
  }
}
