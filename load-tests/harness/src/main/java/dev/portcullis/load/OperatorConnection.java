package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an operator to a control plane, which stays open from request to request. It
 * knows only as much of HTTP as the gateway speaks, so that the client costs little beside it, and
 * it never sends a request twice. For one thread.
 */
final class OperatorConnection implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int BUFFER = 1 << 16;

  private final URI base;
  private final String operatorToken;
  private @Nullable Socket socket;
  private @Nullable InputStream input;

  OperatorConnection(URI base, String operatorToken) {
    this.base = base;
    this.operatorToken = operatorToken;
  }

  Answer get(String path) {
    return send("GET", path, "", "");
  }

  /** All that match, one JSON object a line. */
  Answer lines(String path) {
    return send("GET", path, "", "Accept: application/x-ndjson\r\n");
  }

  Answer send(String method, String path, String body) {
    return send(method, path, body, "");
  }

  /** Sends what the control plane is to do only once, however often it is told. */
  Answer sendOnce(String method, String path, String body, String idempotencyKey) {
    return send(method, path, body, "Idempotency-Key: " + idempotencyKey + "\r\n");
  }

  private Answer send(String method, String path, String body, String fields) {
    try {
      return read(connect(request(method, path, body, fields)));
    } catch (IOException noAnswer) {
      close();
      return Answer.NONE;
    }
  }

  private byte[] request(String method, String path, String body, String fields) {
    StringBuilder text =
        new StringBuilder(512)
            .append(method)
            .append(' ')
            .append(path)
            .append(" HTTP/1.1\r\nHost: ")
            .append(base.getAuthority())
            .append("\r\nAuthorization: Bearer ")
            .append(operatorToken)
            .append("\r\n")
            .append(fields);
    if (!body.isEmpty()) {
      text.append("Content-Type: application/json\r\nContent-Length: ")
          .append(body.getBytes(UTF_8).length)
          .append("\r\n");
    }
    return text.append("\r\n").append(body).toString().getBytes(UTF_8);
  }

  private InputStream connect(byte[] request) throws IOException {
    if (socket == null || input == null) {
      socket = new Socket(InetAddress.getByName(base.getHost()), base.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) LIMIT.toMillis());
      input = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }
    socket.getOutputStream().write(request);
    return input;
  }

  private Answer read(InputStream answers) throws IOException {
    int status = Integer.parseInt(line(answers).split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    boolean replayed = false;
    boolean last = false;
    for (String field = line(answers); !field.isEmpty(); field = line(answers)) {
      int colon = field.indexOf(':');
      String value = field.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
      switch (field.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = value.equals("chunked");
        case "idempotent-replayed" -> replayed = value.equals("true");
        case "connection" -> last = value.equals("close");
        default -> {}
      }
    }
    String body = new String(chunked ? chunks(answers) : exactly(answers, length), UTF_8);
    if (last) {
      close();
    }
    return new Answer(status, body, replayed);
  }

  private static byte[] chunks(InputStream answers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunk(answers); size > 0; size = chunk(answers)) {
      body.write(exactly(answers, size));
      line(answers);
    }
    line(answers);
    return body.toByteArray();
  }

  private static int chunk(InputStream answers) throws IOException {
    return Integer.parseInt(line(answers).split(";", 2)[0].strip(), 16);
  }

  private static byte[] exactly(InputStream answers, int length) throws IOException {
    byte[] bytes = answers.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer was cut off");
    }
    return bytes;
  }

  private static String line(InputStream answers) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = answers.read(); octet != '\n'; octet = answers.read()) {
      if (octet < 0) {
        throw new EOFException("the connection was closed");
      }
      line.append((char) octet);
    }
    return line.toString().strip();
  }

  /** Ends the connection; the next request opens another. */
  @Override
  public void close() {
    Socket ended = socket;
    socket = null;
    input = null;
    try {
      if (ended != null) {
        ended.close();
      }
    } catch (IOException e) {
      // It is of no use any more, however it ends.
    }
  }
}
