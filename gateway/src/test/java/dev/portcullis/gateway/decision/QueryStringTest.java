package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryStringTest {

  @ParameterizedTest
  @CsvSource({
    "tk=T&a=1, a=1",
    "a=1&tk=T, a=1",
    "a=1&tk=T&b=%2f%2F+x, a=1&b=%2f%2F+x",
    "a=1&t%6b=T&&b, a=1&&b",
    "a=%GG&tk=T&=x, a=%GG&=x",
    "z=1&tk&y=2, z=1&y=2",
    "TK=1&tkx=2&tk=3, TK=1&tkx=2"
  })
  void losesOnlyTheNamedParameterAndKeepsTheRestByteForByte(String raw, String left) {
    assertThat(new QueryString(raw).without(Set.of("tk"))).contains(new QueryString(left));
  }

  @Test
  void isGoneWhenNothingIsLeft() {
    assertThat(new QueryString("tk=T").without(Set.of("tk"))).isEmpty();
  }

  @Test
  void removesWhatItReads() {
    QueryString query = new QueryString("a=1&t%6B=T1&tk=T2");
    assertThat(query.values("tk")).containsExactly("T1", "T2");
    assertThat(query.without(Set.of("tk")))
        .hasValueSatisfying(left -> assertThat(left.values("tk")).isEmpty());
  }
}
