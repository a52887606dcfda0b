package dev.portcullis.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineStreamTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Gives nothing until it is closed, as a connection to a machine that is gone. */
  private static final class Silent extends InputStream {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("closed");
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return read();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  void takesLinesHoweverTheyEnd() throws IOException {
    List<String> lines = new ArrayList<>();
    LineStream.take(bytes("a\r\nb\n\n\u00e9\r"), LONG, lines::add);
    assertThat(lines).containsExactly("a", "b", "", "\u00e9");
  }

  @Test
  void givesUpOnSilence() {
    assertThatThrownBy(() -> LineStream.take(new Silent(), Duration.ofMillis(20), _ -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("closed");
  }

  @Test
  void doesNotKeepALineThatNeverEnds() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            bytes[from] = 'x';
            return 1;
          }
        };
    assertThatThrownBy(() -> LineStream.take(endless, LONG, _ -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than 1 MiB");
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
