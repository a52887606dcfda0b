package dev.portcullis.load.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir private Path directory;

  private Properties properties() throws IOException {
    Path fields = directory.resolve("fields");
    Files.writeString(fields, "Authorization: Bearer a:b\r\nEmail: a@example.com\r\n");
    Properties properties = new Properties();
    properties.setProperty("latency.url", "http://127.0.0.1:1/x");
    properties.setProperty("latency.fields", fields.toString());
    properties.setProperty("latency.rate", "300");
    properties.setProperty("latency.warmup", "2");
    properties.setProperty("latency.seconds", "5");
    return properties;
  }

  @Test
  void readsPropertiesAndTheFileOfFields() throws IOException {
    Plan plan = Plan.of(properties());
    assertThat(plan.uri()).hasPath("/x");
    assertThat(plan.fields())
        .containsOnly(
            Map.entry("Authorization", "Bearer a:b"), Map.entry("Email", "a@example.com"));
    assertThat(plan.first()).isEqualTo(600);
    assertThat(plan.counted()).isEqualTo(1_500);
  }

  @Test
  void spreadsRequestsEvenly() throws IOException {
    Plan plan = Plan.of(properties());
    assertThat(plan.due(1)).isEqualTo(3_333_333);
    assertThat(plan.due(300)).isEqualTo(1_000_000_000);
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    Properties properties = properties();
    properties.remove("latency.rate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.of(properties))
        .withMessageContaining("latency.rate");
  }
}
