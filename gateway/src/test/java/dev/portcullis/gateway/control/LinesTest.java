package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;

class LinesTest {

  /** Pieces are set apart by {@code |}, lines by {@code /}; at most five bytes a line. */
  private static List<String> cut(String pieces) {
    Stream<DataBuffer> buffers =
        Stream.of(pieces.split("\\|"))
            .map(piece -> piece.replace('/', '\n').getBytes(StandardCharsets.UTF_8))
            .map(bytes -> DefaultDataBufferFactory.sharedInstance.wrap(bytes));
    return Lines.of(Flux.fromStream(buffers), 5)
        .map(
            line ->
                line.number()
                    + line.bytes()
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse("!"))
        .collectList()
        .toFuture()
        .join();
  }

  @ParameterizedTest
  @CsvSource({
    "a/b/, 1a 2b",
    "a/b, 1a 2b",
    "a|b|/c|/, 1ab 2c",
    "//a/ /b, 3a 5b",
    "12345/123456/1, 112345 2! 31",
    "123|456|7/1, 1! 21",
    "123|456, 1!",
    "å/, 1å",
  })
  void cutsLinesWhereverThePiecesEnd(String pieces, String lines) {
    assertThat(String.join(" ", cut(pieces))).isEqualTo(lines);
  }
}
