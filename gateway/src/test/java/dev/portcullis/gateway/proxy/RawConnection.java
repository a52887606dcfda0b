package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A client's connection over which exactly the bytes of the test go. */
public final class RawConnection implements AutoCloseable {
  /** Small and fixed, so that what is not read is soon not sent either. */
  static final int SOCKET_BUFFER = 65_536;

  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Connects to this port of loopback. */
  public static RawConnection to(int port) {
    return from("127.0.0.1", port);
  }

  /** Connects to this port of loopback from this address, also of loopback. */
  public static RawConnection from(String source, int port) {
    try {
      Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.ofLiteral(source), 0);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      return new RawConnection(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A response as it came. */
  public record Response(int status, List<String> fields, String body) {
    /** The value of the first field line with this name. */
    public Optional<String> field(String name) {
      return fields.stream()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }
  }

  /** Sends one request and reads the response to it. */
  public static Response exchange(int port, String request) {
    try (RawConnection connection = to(port)) {
      return connection.send(request).read();
    }
  }

  /** Sends exactly this, in Latin-1. */
  public RawConnection send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  RawConnection send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one response, interim ones not among them. */
  public Response read() {
    try {
      while (true) {
        Response head = readHead();
        if (head.status >= 200 || head.status == 101) {
          return head.status == 101 ? head : new Response(head.status, head.fields, readBody(head));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Response readHead() throws IOException {
    String line = readLine();
    if (!line.startsWith("HTTP/1.")) {
      throw new IOException("no status line: '" + line + "'");
    }
    int status = Integer.parseInt(line.substring(9, 12));
    List<String> fields = new ArrayList<>();
    for (String field = readLine(); !field.isEmpty(); field = readLine()) {
      fields.add(field);
    }
    return new Response(status, fields, "");
  }

  private String readBody(Response head) throws IOException {
    Optional<String> length = head.field("Content-Length");
    if (length.isPresent()) {
      byte[] body = in.readNBytes(Integer.parseInt(length.get()));
      if (body.length < Integer.parseInt(length.get())) {
        throw new IOException("the body ends after " + body.length + " bytes");
      }
      return new String(body, ISO_8859_1);
    }
    if (head.field("Transfer-Encoding").isEmpty()) {
      return "";
    }
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(readLine(), 16);
      body.append(new String(in.readNBytes(size), ISO_8859_1));
      readLine();
      if (size == 0) {
        return body.toString();
      }
    }
  }

  /** Reads a line, less its end. */
  String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("closed after '" + line.toString(ISO_8859_1) + "'");
      }
      line.write(octet);
    }
    return line.toString(ISO_8859_1).replace("\r", "");
  }

  /** Reads whatever there is until the gateway closes; a reset counts as closing. */
  public String readToEnd() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("not closed; had: " + all.toString(ISO_8859_1), e);
    } catch (IOException e) {
      // closed all the same
    }
    return all.toString(ISO_8859_1);
  }

  InputStream in() {
    return in;
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
