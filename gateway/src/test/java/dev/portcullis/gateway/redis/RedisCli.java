package dev.portcullis.gateway.redis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another program that writes to Redis: one connection, plain commands, plain sockets. */
public final class RedisCli implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  /** Connects to loopback, and authenticates where there is a password. */
  public RedisCli(int port, String password) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!password.isEmpty()) {
      run("AUTH", password);
    }
  }

  /** Runs one command; an array is flattened, an error is thrown. */
  public List<String> list(String... command) {
    List<String> reply = new ArrayList<>();
    try {
      socket.getOutputStream().write(encode(command));
      read(reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reply;
  }

  /** Runs one command; nothing and an empty array are the empty string. */
  public String run(String... command) {
    return String.join(" ", list(command));
  }

  private static byte[] encode(String... command) {
    StringBuilder text = new StringBuilder("*" + command.length + "\r\n");
    for (String word : command) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      text.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void read(List<String> reply) throws IOException {
    String line = line();
    String rest = line.substring(1);
    switch (line.charAt(0)) {
      case '+', ':' -> reply.add(rest);
      case '-' -> throw new IllegalStateException(rest);
      case '$' -> {
        String text = bulk(Integer.parseInt(rest));
        if (text != null) {
          reply.add(text);
        }
      }
      case '*' -> {
        for (int i = Integer.parseInt(rest); i > 0; i--) {
          read(reply);
        }
      }
      default -> throw new IllegalStateException("not RESP: " + line);
    }
  }

  private @Nullable String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    line();
    return text;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("connection closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
