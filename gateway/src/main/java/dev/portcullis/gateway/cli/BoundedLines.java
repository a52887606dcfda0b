package dev.portcullis.gateway.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The lines of a stream, of which none can fill the memory. */
final class BoundedLines {

  /**
   * A line without its end.
   *
   * @param bytes what of it was kept
   * @param cut whether there was more
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Line(byte[] bytes, boolean cut) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    boolean isBlank() {
      return text().isBlank();
    }
  }

  private final InputStream in;
  private final int longest;
  private boolean cut;

  /**
   * The lines of {@code in}.
   *
   * @param longest how many bytes of one are kept
   */
  BoundedLines(InputStream in, int longest) {
    this.in = new BufferedInputStream(in);
    this.longest = longest;
  }

  /**
   * The next line, without LF or CRLF; empty at the end. Does not wait for the end of a cut one.
   */
  Optional<Line> next() throws IOException {
    skipRestOfCutLine();
    int read = in.read();
    if (read < 0) {
      return Optional.empty();
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    for (; read >= 0 && read != '\n'; read = in.read()) {
      if (kept.size() == longest) {
        cut = true;
        return Optional.of(new Line(kept.toByteArray(), true));
      }
      kept.write(read);
    }
    byte[] bytes = kept.toByteArray();
    boolean returned = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
    return Optional.of(new Line(returned ? Arrays.copyOf(bytes, bytes.length - 1) : bytes, false));
  }

  private void skipRestOfCutLine() throws IOException {
    while (cut) {
      int read = in.read();
      cut = read >= 0 && read != '\n';
    }
  }
}
