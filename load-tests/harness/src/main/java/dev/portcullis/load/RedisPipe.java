package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** Commands in bulk: many are written before the first reply, which is one line each, is read. */
final class RedisPipe implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final Socket socket;
  private final OutputStream commands;
  private final InputStream replies;
  private int unread;

  private RedisPipe(Socket socket) throws IOException {
    this.socket = socket;
    this.commands = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    this.replies = new BufferedInputStream(socket.getInputStream(), BUFFER);
  }

  static RedisPipe open(int port, String password) throws IOException {
    RedisPipe pipe = new RedisPipe(new Socket(InetAddress.getLoopbackAddress(), port));
    pipe.add(List.of("AUTH", password));
    pipe.flush();
    return pipe;
  }

  void add(List<String> command) throws IOException {
    commands.write(("*" + command.size() + "\r\n").getBytes(UTF_8));
    for (String word : command) {
      byte[] bytes = word.getBytes(UTF_8);
      commands.write(("$" + bytes.length + "\r\n").getBytes(UTF_8));
      commands.write(bytes);
      commands.write('\r');
      commands.write('\n');
    }
    unread++;
  }

  /** Sends what was added, and waits for all replies. */
  void flush() throws IOException {
    commands.flush();
    for (; unread > 0; unread--) {
      String reply = line();
      if (reply.startsWith("-")) {
        throw new IOException("Redis says " + reply);
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = replies.read(); octet != '\n'; octet = replies.read()) {
      if (octet < 0) {
        throw new EOFException("Redis closed the connection");
      }
      line.append((char) octet);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
