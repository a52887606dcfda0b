package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyLintTest {
  private static final String SOUND =
      """
      api: demo
      upstream: http://localhost:9000
      credentials: [bearer]
      email: optional
      routes:
        - match: GET /things
          scopes: ["thing:read"]
      roles: {reader: ["thing:read"]}
      """;

  @TempDir Path directory;
  private CommandLineRun line = new CommandLineRun(Path.of(""));

  @BeforeEach
  void commandLine() {
    line = new CommandLineRun(directory);
  }

  private void write(String file, String yaml) throws IOException {
    Files.writeString(directory.resolve(file), yaml);
  }

  @Test
  void isSilentOverSoundFiles() throws IOException {
    write("demo.yaml", SOUND);
    assertThat(line.run("policy", "lint", ".")).as(line.out()).isZero();
    assertThat(line.out()).isEmpty();
    assertThat(line.err()).isEmpty();
  }

  @Test
  void showsEveryProblemWithItsFileAndLine() throws IOException {
    write("demo.yaml", SOUND.replace("optional", "sometimes").replace("thing:read\"]\n", "\"]\n"));
    assertThat(line.run("policy", "lint", ".")).isEqualTo(1);
    assertThat(line.out().lines())
        .hasSizeGreaterThan(1)
        .allMatch(problem -> problem.matches(".*/demo\\.yaml:[0-9]+: .+"));
    assertThat(line.out()).contains("demo.yaml:4: ");
  }

  @Test
  void countsAWarningAsNotPassed() throws IOException {
    write("demo.yaml", SOUND.replace("[bearer]", "[bearer, {query: tk}]"));
    assertThat(line.run("policy", "lint", ".")).isEqualTo(1);
    assertThat(line.out()).contains("demo.yaml:3: ").contains("query");
  }

  @Test
  void tellsThatThereIsNoSuchDirectory() {
    assertThat(line.run("policy", "lint", "missing")).isEqualTo(1);
    assertThat(line.out()).contains("missing");
  }
}
