package dev.portcullis.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Finds obsolete line folding (RFC 9112, section 5.2) in the bytes of a head, before Netty's
 * decoder joins the lines and nobody can tell any more.
 *
 * <p>It hands each head over by itself, for what follows is a head again only when the request had
 * no body. A head that shares a packet with the end of a body before it is not looked at; there the
 * decoder puts a space for the folding, as the section allows.
 */
final class FoldedLines extends ChannelInboundHandlerAdapter {
  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private final RequestEnd end;
  private final RequestGuard guard;
  private boolean lineBegins = true;
  private boolean anyLine;

  FoldedLines(RequestEnd end, RequestGuard guard) {
    this.end = end;
    this.guard = guard;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      return;
    }
    while (end.isReached() && bytes.isReadable()) {
      int head = headLength(bytes);
      if (head == bytes.readableBytes()) {
        break;
      }
      context.fireChannelRead(bytes.readRetainedSlice(head));
    }
    context.fireChannelRead(bytes);
  }

  /** How many of these bytes belong to the head that they begin or continue. */
  private int headLength(ByteBuf bytes) {
    int start = bytes.readerIndex();
    int line = start;
    while (line < bytes.writerIndex()) {
      byte first = bytes.getByte(line);
      if (lineBegins && anyLine && (first == ' ' || first == '\t')) {
        guard.sawFolding();
      }
      int feed = bytes.indexOf(line, bytes.writerIndex(), LF);
      if (feed < 0) {
        lineBegins = lineBegins && first == CR && line + 1 == bytes.writerIndex();
        break;
      }
      boolean empty = lineBegins && (feed == line || (first == CR && feed == line + 1));
      lineBegins = true;
      if (empty && anyLine) {
        anyLine = false;
        return feed + 1 - start;
      }
      anyLine = !empty;
      line = feed + 1;
    }
    return bytes.readableBytes();
  }
}
