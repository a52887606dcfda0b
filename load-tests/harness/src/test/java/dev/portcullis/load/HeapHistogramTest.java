package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapHistogramTest {
  private static final HeapHistogram BEFORE =
      HeapHistogram.parse(
          """
          1234:
           num     #instances         #bytes  class name (module)
          -------------------------------------------------------
             1:            10            400  [B (java.base@25.0.3)
             2:             4             96  java.lang.String (java.base@25.0.3)
          Total            14            496
          """);

  private static final HeapHistogram AFTER =
      HeapHistogram.parse(
          """
             1:            20           1000  [B (java.base@25.0.3)
             2:             2             64  dev.portcullis.gateway.token.Token
             3:             4             96  java.lang.String (java.base@25.0.3)
          Total            26           1160
          """);

  @Test
  void addsUpAllClasses() {
    assertThat(BEFORE.total()).isEqualTo(496);
    assertThat(AFTER.total()).isEqualTo(1_160);
  }

  @Test
  void tellsWhichClassesGrewMost() {
    assertThat(AFTER.growth(BEFORE, 2))
        .containsExactly(
            Map.entry("[B", 600L), Map.entry("dev.portcullis.gateway.token.Token", 64L));
  }

  @Test
  void refusesAnythingElse() {
    assertThatIllegalArgumentException().isThrownBy(() -> HeapHistogram.parse("no such process"));
  }
}
