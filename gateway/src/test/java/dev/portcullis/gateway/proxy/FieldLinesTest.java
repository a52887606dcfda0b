package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.junit.jupiter.api.Test;

class FieldLinesTest {
  private final FieldLines lines =
      new FieldLines(
          new DefaultHttpHeaders()
              .add("Email", "a@example.org")
              .add("X-A", "1")
              .add("x-a", "2")
              .add("X-A", "3"));

  @Test
  void hasTheValuesOfANameInTheirOrderWhateverItsCase() {
    assertThat(lines.values("x-A")).containsExactly("1", "2", "3");
    assertThat(lines.values("email")).containsExactly("a@example.org");
  }

  @Test
  void hasNoneOfAnother() {
    assertThat(lines.values("X-B")).isEmpty();
  }
}
