package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches a terminal: colours where they are wanted, and nothing that an answer hides. */
class TerminalOutputTest extends AgainstDouble {
  private static final String EVIL = "\\u001b[2J\\u009b31m\\u202e\\r\\n\\u0007x\\u2028";
  private static final Pattern HARMFUL = Pattern.compile("[\\p{C}\\u2028\\u2029&&[^\n]]");

  @BeforeEach
  void answer() {
    control.answers(created("pcat_" + EVIL).replace("nightly build", EVIL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token create --principal ada --name n",
        "token create --principal ada --name n --json",
        "token show tok1",
        "token show tok1 --json",
        "openapi",
        "explain GET /x --token-id t",
        "audit export",
      })
  void neverShowsAControlCharacterOfAnAnswer(String command) {
    assertThat(line.run(command.split(" "))).isZero();
    assertThat(line.out()).doesNotContainPattern(HARMFUL).contains("x");
    assertThat(line.err()).doesNotContainPattern(HARMFUL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token list", "token list --json", "audit list"})
  void neverShowsAControlCharacterOfAList(String command) {
    control.answers("{\"items\":[{\"id\":\"" + EVIL + "\"}],\"next\":\"" + EVIL + "\"}");
    line.run(command.split(" "));
    line.run((command + " --limit 1").split(" "));
    assertThat(line.out()).doesNotContainPattern(HARMFUL).contains("2J");
    assertThat(line.err()).doesNotContainPattern(HARMFUL);
  }

  @Test
  void neverShowsAControlCharacterOfARefusal() {
    control.answers("{}");
    line.run("token", "show", "x");
    control.answers(
        422,
        "{\"title\":\"%1$s\",\"detail\":\"%1$s\",\"errors\":[{\"field\":\"%1$s\",\"detail\":\"%1$s\"}]}"
            .formatted(EVIL));
    line.run("token", "show", "x");
    assertThat(line.run("token", "show", "x")).isEqualTo(1);
    assertThat(line.err()).doesNotContainPattern(HARMFUL).contains("?[2J");
  }

  @Test
  void keepsTheMeaningOfJson() {
    line.run("token", "show", "tok1", "--json");
    assertThat(ControlClient.JSON.readTree(line.out()).path("token").path("name").asString())
        .isEqualTo("\u001b[2J\u009b31m\u202e\r\n\u0007x\u2028");
  }

  @Test
  void boundsWhatOneCellTakes() {
    control.answers(created("s"));
    line.run("token", "list");
    control.answers("{\"items\":[{\"id\":\"" + "x".repeat(1 << 20) + "\"}],\"next\":null}");
    line.run("token", "list");
    assertThat(line.run("token", "list")).isZero();
    assertThat(line.out()).hasSizeLessThan(1000).contains("xxx...");
  }

  @ParameterizedTest
  @CsvSource({
    "true, , , true",
    "true, 1, , false",
    "true, '', , true",
    "true, , dumb, false",
    "false, , , false"
  })
  void coloursOnlyATerminalThatWantsIt(
      boolean terminal, String noColor, String term, boolean coloured) {
    if (terminal) {
      line.watched();
    }
    if (noColor != null) {
      line.environment("NO_COLOR", noColor);
    }
    if (term != null) {
      line.environment("TERM", term);
    }
    control.answers("{\"items\":[],\"next\":null}");
    line.run("token", "list");
    line.run("token", "list");
    assertThat(line.out().contains("\u001b[1m")).isEqualTo(coloured);
    line.run("token", "--help");
    assertThat(line.out().contains("\u001b[")).isEqualTo(coloured);
  }
}
