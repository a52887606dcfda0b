package dev.portcullis.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenHashTest {
  private static final String DIGITS =
      "00112233445566778899aabbccddeeff" + "ffeeddccbbaa99887766554433221100";

  @ParameterizedTest
  @ValueSource(strings = {"p1:" + DIGITS, "sha256:" + DIGITS, "a-pepper-0:" + DIGITS})
  void isWrittenAsItWasRead(String text) {
    assertThat(new TokenHash(text).text()).isEqualTo(text);
    assertThat(TokenHash.read(text)).contains(new TokenHash(text));
  }

  @Test
  void isTheSameReadAndMadeOfBytes() {
    TokenHash made = TokenHash.of("p1", HexFormat.of().parseHex(DIGITS));
    assertThat(made).isEqualTo(new TokenHash("p1:" + DIGITS));
    assertThat(made).hasSameHashCodeAs(new TokenHash("p1:" + DIGITS));
  }

  @Test
  void differsByEachDigitAndByItsMaker() {
    Set<TokenHash> others =
        IntStream.range(0, DIGITS.length())
            .mapToObj(i -> DIGITS.substring(0, i) + "5" + DIGITS.substring(i + 1))
            .filter(digits -> !digits.equals(DIGITS))
            .map(digits -> new TokenHash("p1:" + digits))
            .collect(Collectors.toSet());
    assertThat(others).hasSize(60).doesNotContain(new TokenHash("p1:" + DIGITS));
    assertThat(new TokenHash("p2:" + DIGITS)).isNotEqualTo(new TokenHash("p1:" + DIGITS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p1",
        DIGITS,
        ":" + DIGITS,
        "p1:" + DIGITS + "0",
        "p1-" + DIGITS,
        "p1:+0112233445566778899aabbccddeeffffeeddccbbaa99887766554433221100",
        "p1:00112233445566778899AABBCCDDEEFFffeeddccbbaa99887766554433221100",
      })
  void isReadOfNoOtherText(String text) {
    assertThat(TokenHash.read(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenHash(text));
  }
}
