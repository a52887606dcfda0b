package dev.portcullis.gateway.proxy;

import static dev.portcullis.gateway.proxy.RejectedRequest.because;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What RFC 9112 asks of a request's head beyond what Netty's decoder has checked already: it
 * refuses bare line feeds, spaces before colons, doubtful lengths, and {@code Content-Length}
 * beside {@code Transfer-Encoding}.
 */
final class RequestSyntax {
  /**
   * {@code host [":" port]}: a name, an IPv4 address, or an IPv6 one in brackets (RFC 3986, 3.2).
   */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*])(?::[0-9]{1,5})?");

  private static final String TARGET_PUNCTUATION = "-._~:/?[]@!$&'()*+,;=%";

  private RequestSyntax() {}

  static Optional<RejectedRequest> problem(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(undecodable(request.decoderResult()));
    }
    String problem = line(request);
    if (problem.isEmpty()) {
      problem = host(request);
    }
    if (problem.isEmpty()) {
      problem = framing(request);
    }
    return problem.isEmpty() ? Optional.empty() : Optional.of(because(problem));
  }

  private static RejectedRequest undecodable(DecoderResult result) {
    return switch (result.cause()) {
      case TooLongHttpLineException e ->
          RejectedRequest.withStatus(414, "the request line is too long");
      case TooLongHttpHeaderException e -> RejectedRequest.withStatus(431, "the head is too large");
      case TooSlowException e -> RejectedRequest.withStatus(408, "the head takes too long");
      // Its message may quote what the client sent.
      case Throwable e -> because("malformed: " + e.getClass().getSimpleName());
    };
  }

  @SuppressWarnings("ReferenceEquality") // "http/1.1" makes another one, equal all the same
  private static String line(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
      return "the HTTP version is neither 1.0 nor 1.1";
    }
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.CONNECT) || method.equals(HttpMethod.TRACE)) {
      return "the method would open a tunnel or send the gateway's own fields back";
    }
    String target = request.uri();
    if (target.isEmpty() || target.charAt(0) != '/') {
      return "the request target is not in origin form";
    }
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (!isAlphanumeric(c) && TARGET_PUNCTUATION.indexOf(c) < 0) {
        return "the request target has a character that must be escaped, or '#'";
      }
      if (c == '%' && !isEscape(target, i)) {
        return "the request target has a malformed percent-escape";
      }
    }
    return "";
  }

  private static String host(HttpRequest request) {
    List<String> hosts = request.headers().getAll("host");
    if (hosts.isEmpty()) {
      return request.protocolVersion().equals(HttpVersion.HTTP_1_0) ? "" : "there is no Host";
    }
    if (hosts.size() > 1) {
      return "there is more than one Host";
    }
    return HOST.matcher(hosts.getFirst()).matches() ? "" : "the Host is malformed";
  }

  private static String framing(HttpRequest request) {
    HttpHeaders fields = request.headers();
    if (fields.contains("sec-websocket-key1") && fields.contains("sec-websocket-key2")) {
      // Netty takes eight bytes for its body, as a draft of WebSockets once had it.
      return "a body without a length follows";
    }
    if (fields.contains("content-length")
        && request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      // Of two lengths in HTTP/1.0 Netty takes the first; nothing may follow what it delimits.
      fields.set("connection", "close");
    }
    List<String> codings = fields.getAll("transfer-encoding");
    if (codings.isEmpty()) {
      return "";
    }
    List<String> listed = List.of(String.join(",", codings).split(",", -1));
    for (int i = 0; i < listed.size(); i++) {
      boolean chunked = listed.get(i).strip().equalsIgnoreCase("chunked");
      if (chunked != (i == listed.size() - 1)) {
        return "'chunked' is not the last transfer coding, once";
      }
    }
    return "";
  }

  private static boolean isEscape(String text, int percent) {
    return percent + 2 < text.length()
        && Character.digit(text.charAt(percent + 1), 16) >= 0
        && Character.digit(text.charAt(percent + 2), 16) >= 0;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
