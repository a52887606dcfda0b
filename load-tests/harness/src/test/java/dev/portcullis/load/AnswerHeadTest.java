package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerHeadTest {
  private static final String HEAD =
      "HTTP/1.1 429 Too Many Requests\r\nVia: x\r\nContent-Length: 12\r\nA: b\r\n\r\n";

  @Test
  void tellsStatusAndLengths() {
    byte[] octets = ("before" + HEAD + "twelve octetsHTTP/1.1 200 OK").getBytes(ISO_8859_1);
    assertThat(AnswerHead.read(octets, 6, octets.length))
        .isEqualTo(new AnswerHead(429, HEAD.length(), 12, false));
  }

  @Test
  void hasNoContentWhereNoLengthIsTold() {
    byte[] octets = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1);
    assertThat(AnswerHead.read(octets, 0, octets.length))
        .isEqualTo(new AnswerHead(204, octets.length, 0, false));
  }

  @Test
  void tellsThatTheConnectionIsClosed() {
    byte[] octets = "HTTP/1.1 431 Too Large\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1);
    assertThat(AnswerHead.read(octets, 0, octets.length))
        .isEqualTo(new AnswerHead(431, octets.length, 0, true));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 67})
  void isNotThereBeforeItsEmptyLine(int octets) {
    assertThat(AnswerHead.read(HEAD.getBytes(ISO_8859_1), 0, octets)).isNull();
  }
}
