package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.AlertRules.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert rules and the runbook, held against one another. */
class AlertRulesTest {
  private static final Path RUNBOOK = Path.of("ops", "RUNBOOK.md");
  private static final Path TESTS = AlertRules.FILE.resolveSibling("portcullis.rules.test.yml");

  private static List<Alert> alerts() {
    return AlertRules.alerts();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertSaysHowBadItIsWhatIsTheMatterAndWhereToRead(Alert alert) throws IOException {
    assertThat(alert.json().path("labels").path("severity").asString()).isIn("critical", "warning");
    assertThat(alert.annotation("summary")).isNotEmpty();
    assertThat(alert.annotation("description")).isNotEmpty();
    assertThat(alert.annotation("runbook"))
        .isEqualTo("gateway/ops/RUNBOOK.md#" + alert.name().toLowerCase(Locale.ROOT));
    assertThat(section(alert.name()))
        .as("the runbook's heading")
        .anyMatch(line -> line.startsWith("- **Look at**: "))
        .anyMatch(line -> line.startsWith("- **Do**: "));
  }

  /** The lines below this heading. */
  private static List<String> section(String heading) throws IOException {
    return Files.readAllLines(RUNBOOK).stream()
        .dropWhile(line -> !line.equals("### " + heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("#"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertIsTestedToFireAndNotToFire(Alert alert) throws IOException {
    assertThat(Files.readAllLines(TESTS))
        .contains(
            "  - name: " + alert.name() + " fires",
            "  - name: " + alert.name() + " does not fire just below");
  }

  @Test
  void theRunbookHasNoAlertThatThereIsNot() throws IOException {
    assertThat(
            Files.readAllLines(RUNBOOK).stream()
                .filter(line -> line.startsWith("### Portcullis"))
                .map(line -> line.substring("### ".length())))
        .containsExactlyElementsOf(alerts().stream().map(Alert::name).toList());
  }
}
