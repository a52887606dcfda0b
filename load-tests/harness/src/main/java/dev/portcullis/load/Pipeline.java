package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * One connection that may have requests ahead of their answers (RFC 9112, section 9.3.2). It reads
 * answers with a Content-Length only.
 */
final class Pipeline {
  private static final int BUFFER = 1 << 17;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Deque<Long> sent = new ArrayDeque<>();
  private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER);

  private Pipeline(SocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  static Pipeline open(InetAddress from, InetSocketAddress to, Selector selector)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.bind(new InetSocketAddress(from, 0));
    channel.connect(to);
    return new Pipeline(channel, selector);
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  int unanswered() {
    return sent.size();
  }

  /** Puts a request, smaller than 128 KiB, into the buffer, where it fits beside others. */
  void add(byte[] request) {
    out.put(request);
    sent.add(System.nanoTime());
  }

  /** Sends what was added as far as the network takes it; the rest when the selector says so. */
  void flush(Consumer<Sample> samples) {
    out.flip();
    try {
      while (out.hasRemaining() && channel.write(out) > 0) {}
    } catch (IOException e) {
      abandon(samples);
      return;
    }
    boolean rest = out.hasRemaining();
    out.compact();
    key.interestOps(rest ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /** Takes the answers that are there. */
  void read(Consumer<Sample> samples) {
    int read;
    try {
      read = channel.read(in);
    } catch (IOException e) {
      read = -1;
    }
    in.flip();
    while (!sent.isEmpty() && answered(samples)) {}
    in.compact();
    if (read < 0) {
      abandon(samples);
    }
  }

  /** Takes one whole answer out of the buffer, if there is one. */
  private boolean answered(Consumer<Sample> samples) {
    AnswerHead head = AnswerHead.read(in.array(), in.position(), in.limit());
    if (head == null || in.remaining() < head.length() + head.content()) {
      return false;
    }
    in.position(in.position() + head.length() + head.content());
    samples.accept(new Sample(sent.remove(), System.nanoTime(), head.status()));
    if (head.last()) {
      abandon(samples);
    }
    return !head.last();
  }

  /** Closes the connection; what is unanswered stays so. */
  void abandon(Consumer<Sample> samples) {
    try {
      channel.close();
    } catch (IOException e) {
      key.cancel();
    }
    long now = System.nanoTime();
    sent.forEach(at -> samples.accept(new Sample(at, now, 0)));
    sent.clear();
  }

  /** One GET with these header lines, each ended by CRLF. */
  static byte[] get(String path, String lines) {
    return ("GET " + path + " HTTP/1.1\r\nHost: load\r\n" + lines + "\r\n").getBytes(ISO_8859_1);
  }
}
