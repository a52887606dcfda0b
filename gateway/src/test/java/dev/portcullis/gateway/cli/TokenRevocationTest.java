package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRevocationTest extends AgainstDouble {
  private static final String THREE =
      "{\"items\":[{\"status\":\"active\"},{\"status\":\"revoked\"},{\"status\":\"expired\"},"
          + "{\"status\":\"active\"}],\"next\":null}";

  @ParameterizedTest
  @ValueSource(strings = {"y", "YES"})
  void asksHowManyBeforeItRevokesThem(String answer) {
    line.typing(answer);
    control.answers(THREE).answers("{\"revoked\":3}");
    assertThat(line.run("token", "revoke", "--principal", "ada")).isZero();
    assertThat(line.person().questions()).containsExactly("Revoke 3 tokens? [y/N] ");
    assertThat(control.compact())
        .containsExactly(
            "GET /v1/tokens?principal=ada&limit=200",
            "POST /v1/tokens/revoke {\"principal\":\"ada\"}");
    assertThat(line.out()).isEqualTo("revoked: 3\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", " ", "yesterday"})
  void revokesNothingUnlessTheAnswerIsYes(String answer) {
    line.typing(answer);
    control.answers(THREE);
    assertThat(line.run("token", "revoke", "--principal", "ada")).isEqualTo(1);
    assertThat(control.asked()).hasSize(1);
    assertThat(line.err()).isEqualTo("nothing was revoked\n");
  }

  @Test
  void doesNotAskWhereThereIsNothingToRevoke() {
    line.typing("y");
    control.answers("{\"items\":[{\"status\":\"revoked\"}],\"next\":null}");
    assertThat(line.run("token", "revoke", "--principal", "ada")).isZero();
    assertThat(line.person().questions()).isEmpty();
    assertThat(control.asked()).hasSize(1);
  }

  @Test
  void needsTheWordWhereNobodyCanBeAsked() {
    assertThat(line.run("token", "revoke", "--principal", "ada")).isEqualTo(2);
    assertThat(line.err()).contains("--yes");
    assertThat(control.asked()).isEmpty();
  }

  @Test
  void doesNotCountBeyondTenThousand() {
    line.typing("n");
    String page =
        "{\"items\":[" + "{\"status\":\"active\"},".repeat(199) + "{\"status\":\"active\"}]";
    for (int i = 0; i < 60; i++) {
      control.answers(page + ",\"next\":\"c" + i + "\"}");
    }
    line.run("token", "revoke", "--status", "active");
    assertThat(control.asked()).hasSize(50);
    assertThat(line.person().questions()).containsExactly("Revoke at least 10000 tokens? [y/N] ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"token revoke", "token revoke tok1 --principal ada", "token revoke --yes"})
  void refusesWhatDoesNotSayWhichTokens(String command) {
    assertThat(line.run(command.split(" "))).isEqualTo(2);
    assertThat(line.err()).contains("name one token, or say which");
    assertThat(control.asked()).isEmpty();
  }
}
