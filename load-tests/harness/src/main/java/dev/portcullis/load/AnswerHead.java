package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1.1 answer.
 *
 * @param length octets up to the content
 * @param content octets of the content, as Content-Length says; 0 where it does not
 * @param last whether the connection is closed behind it
 */
record AnswerHead(int status, int length, int content, boolean last) {
  private static final String END = "\r\n\r\n";
  private static final String LENGTH = "\r\ncontent-length:";
  private static final String CLOSE = "\r\nconnection: close\r\n";
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  /** Of the answer that begins there; null where not all of its head is there yet. */
  static @Nullable AnswerHead read(byte[] octets, int from, int to) {
    int end = end(octets, from, to);
    if (end < 0) {
      return null;
    }
    String text = new String(octets, from, end - from, ISO_8859_1);
    int status = Integer.parseInt(text, STATUS_AT, STATUS_AT + 3, 10);
    String lower = text.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(LENGTH);
    int content =
        at < 0
            ? 0
            : Integer.parseInt(
                text.substring(at + LENGTH.length(), text.indexOf("\r\n", at + 2)).strip());
    return new AnswerHead(status, end - from, content, lower.contains(CLOSE));
  }

  /** Behind the empty line; below 0 where there is none. */
  private static int end(byte[] octets, int from, int to) {
    for (int i = from; i + END.length() <= to; i++) {
      if (octets[i] == '\r'
          && octets[i + 1] == '\n'
          && octets[i + 2] == '\r'
          && octets[i + 3] == '\n') {
        return i + END.length();
      }
    }
    return -1;
  }
}
