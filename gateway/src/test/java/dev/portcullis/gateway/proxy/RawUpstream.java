package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An upstream that keeps the requests it got byte for byte, and answers as the test says. */
final class RawUpstream implements AutoCloseable {
  /** What it answers unless told otherwise. */
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final ServerSocket listener;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = Behaviour.answering(OK);

  private RawUpstream() throws IOException {
    listener = new ServerSocket();
    listener.setReceiveBufferSize(RawConnection.SOCKET_BUFFER);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::accept);
  }

  static RawUpstream start() {
    try {
      return new RawUpstream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it does with a request whose head it has read. */
  interface Behaviour {
    /** Returns whether the connection is kept. */
    boolean handle(Request head, InputStream in, OutputStream out) throws IOException;

    static Behaviour answering(String response) {
      return (head, in, out) -> {
        out.write(response.getBytes(ISO_8859_1));
        out.flush();
        return true;
      };
    }
  }

  /** A request as it came, its body decoded where it was chunked. */
  record Request(String line, List<String> fields, String body) {
    String target() {
      return line.split(" ", -1)[1];
    }

    List<String> values(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return fields.stream()
          .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(field -> field.substring(prefix.length()).strip())
          .toList();
    }

    Optional<String> value(String name) {
      return values(name).stream().findFirst();
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  void behave(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  Request last() {
    return requests.getLast();
  }

  int connections() {
    return (int) connections.stream().filter(socket -> !socket.isClosed()).count();
  }

  void reset() {
    requests.clear();
    behaviour = Behaviour.answering(OK);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setSendBufferSize(RawConnection.SOCKET_BUFFER);
        connections.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      while (true) {
        Request head = head(in);
        Request request = new Request(head.line, head.fields, body(head, in));
        requests.add(request);
        if (!behaviour.handle(request, in, socket.getOutputStream())) {
          return;
        }
      }
    } catch (IOException e) {
      // the gateway has closed
    }
  }

  private static Request head(InputStream in) throws IOException {
    String line = line(in);
    List<String> fields = new ArrayList<>();
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      fields.add(field);
    }
    return new Request(line, fields, "");
  }

  private String body(Request head, InputStream in) throws IOException {
    if (behaviour instanceof BodyLeft) {
      return "";
    }
    Optional<String> length = head.value("Content-Length");
    if (length.isPresent()) {
      return new String(in.readNBytes(Integer.parseInt(length.get())), ISO_8859_1);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (head.value("Transfer-Encoding").isPresent()) {
      int size;
      do {
        size = Integer.parseInt(line(in), 16);
        body.write(in.readNBytes(size));
        line(in);
      } while (size > 0);
    }
    return body.toString(ISO_8859_1);
  }

  /** A behaviour that reads the body itself, or leaves it. */
  interface BodyLeft extends Behaviour {}

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("closed");
      }
      line.write(octet);
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : connections) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
