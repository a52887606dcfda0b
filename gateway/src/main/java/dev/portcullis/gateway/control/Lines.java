package dev.portcullis.gateway.control;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/** Lines of bytes, cut out of what arrives piece by piece. For one stream; not safe for threads. */
final class Lines {

  /**
   * One line.
   *
   * @param number counted from 1, blank lines too
   * @param bytes without its end; empty where it was too long
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Line(long number, Optional<byte[]> bytes) {
    private boolean isBlank() {
      if (bytes.isEmpty()) {
        return false;
      }
      for (byte each : bytes.get()) {
        if (each != ' ' && each != '\t' && each != '\r') {
          return false;
        }
      }
      return true;
    }
  }

  private final int longest;
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private boolean overlong;
  private long number;

  private Lines(int longest) {
    this.longest = longest;
  }

  /** The lines that are not blank; what is longer than this is not kept. */
  static Flux<Line> of(Flux<DataBuffer> pieces, int longest) {
    return Flux.defer(
        () -> {
          Lines lines = new Lines(longest);
          return pieces
              .concatMapIterable(lines::cut)
              .concatWith(Flux.defer(() -> Flux.fromIterable(lines.end())))
              .filter(line -> !line.isBlank());
        });
  }

  private List<Line> cut(DataBuffer piece) {
    byte[] bytes = new byte[piece.readableByteCount()];
    piece.read(bytes);
    DataBufferUtils.release(piece);
    List<Line> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, from, i);
        lines.add(close());
        from = i + 1;
      }
    }
    keep(bytes, from, bytes.length);
    return lines;
  }

  private void keep(byte[] bytes, int from, int to) {
    overlong |= open.size() + to - from > longest;
    if (overlong) {
      open.reset();
    } else {
      open.write(bytes, from, to - from);
    }
  }

  private Line close() {
    number++;
    Line line = new Line(number, overlong ? Optional.empty() : Optional.of(open.toByteArray()));
    open.reset();
    overlong = false;
    return line;
  }

  /** The last line may lack its end. */
  private List<Line> end() {
    return overlong || open.size() > 0 ? List.of(close()) : List.of();
  }

  /** A value as one line of JSON. */
  static byte[] json(Object value) {
    byte[] json = Json.MAPPER.writeValueAsBytes(value);
    byte[] line = new byte[json.length + 1];
    System.arraycopy(json, 0, line, 0, json.length);
    line[json.length] = '\n';
    return line;
  }
}
