package dev.portcullis.gateway.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/**
 * Lets lawful requests of one connection through; puts a {@link RejectedRequest} in the place of
 * the first unlawful one and drops all that follows it, so that nothing behind it is taken for a
 * request. A body that cannot be decoded to its end becomes an error for whoever reads it.
 */
final class RequestGuard extends ChannelInboundHandlerAdapter {
  private boolean rejected;
  private boolean folded;

  /** The head that is being read has an obsolete line folding. */
  void sawFolding() {
    folded = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (rejected) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      read(context, request);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      rejected = true;
      content.release();
      context.fireExceptionCaught(new RejectedBody(content.decoderResult().cause()));
    } else {
      context.fireChannelRead(message);
    }
  }

  private void read(ChannelHandlerContext context, HttpRequest request) {
    if (request.decoderResult().cause() instanceof PrematureChannelClosureException) {
      ReferenceCountUtil.release(request);
      return;
    }
    Optional<RejectedRequest> problem =
        folded
            ? Optional.of(RejectedRequest.because("a field is folded over lines"))
            : RequestSyntax.problem(request);
    folded = false;
    if (problem.isEmpty()) {
      context.fireChannelRead(request);
      return;
    }
    rejected = true;
    ReferenceCountUtil.release(request);
    context.fireChannelRead(problem.get().standIn());
    context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
  }
}
