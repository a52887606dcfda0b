package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieFieldTest {

  @ParameterizedTest
  @CsvSource({
    "token=T; a=1, a=1",
    "a=1; token=T, a=1",
    "a=1; token=T; b=\"x y\", a=1; b=\"x y\"",
    "a=1;  b=2, a=1;  b=2",
    "Token=1; token=T, Token=1"
  })
  void losesOnlyTheNamedCookieAndKeepsTheRest(String raw, String left) {
    assertThat(new CookieField(raw).without(Set.of("token"))).contains(new CookieField(left));
  }

  @Test
  void isGoneWhenNothingIsLeft() {
    assertThat(new CookieField("token=T").without(Set.of("token"))).isEmpty();
  }

  @Test
  void readsTheValueBehindTheFirstEqualsSign() {
    assertThat(new CookieField("token=a=b=").values("token")).containsExactly("a=b=");
  }
}
