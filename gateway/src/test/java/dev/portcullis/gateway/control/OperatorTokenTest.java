package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.gateway.token.SecretText;
import org.junit.jupiter.api.Test;

class OperatorTokenTest {
  private static final String LAWFUL = "x".repeat(OperatorToken.MIN_LENGTH);

  @Test
  void matchesItselfAndNothingElse() {
    OperatorToken token = OperatorToken.of(SecretText.of(LAWFUL));
    assertThat(token.matches(SecretText.of(LAWFUL))).isTrue();
    assertThat(token.matches(SecretText.of(LAWFUL + "x"))).isFalse();
    assertThat(token).hasToString("***");
  }

  @Test
  void refusesAShortOrUnlawfulTokenWithoutShowingIt() {
    for (String text : new String[] {LAWFUL.substring(1), LAWFUL + " x", ""}) {
      assertThatThrownBy(() -> OperatorToken.of(SecretText.of(text)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("xxx");
    }
  }
}
