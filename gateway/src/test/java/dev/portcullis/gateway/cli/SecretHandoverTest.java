package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How a new secret reaches the one who asked for it. */
class SecretHandoverTest extends AgainstDouble {
  private static final String FILE = "APIKey-nightly_build-2026-02-03.key";

  private int create(String... more) {
    return line.run(
        Stream.concat(
                Stream.of("token", "create", "--principal", "ada", "--name", "n"), Stream.of(more))
            .toArray(String[]::new));
  }

  private String content(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void showsTheSecretOnce() throws IOException {
    control.answers(201, created("pcat_secret"));
    assertThat(create()).isZero();
    assertThat(line.out()).contains("shown only this once").contains("\n  pcat_secret\n");
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create --principal ada --name n", "regenerate tok1"})
  void savesTheSecretForItsOwnerOnlyAndDoesNotShowIt(String command) throws IOException {
    control.answers(201, created("pcat_secret"));
    assertThat(line.run(("token " + command + " --save").split(" "))).isZero();
    assertThat(content(FILE)).isEqualTo("pcat_secret\n");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(FILE))))
        .isEqualTo("rw-------");
    assertThat(line.out()).contains("tok1").doesNotContain("pcat_secret");
    assertThat(line.err()).contains(FILE).doesNotContain("pcat_secret");
  }

  @Test
  void savesAndShowsTheRestAsJson() {
    control.answers(201, created("pcat_secret"));
    assertThat(create("--save", "--json")).isZero();
    JsonNode shown = ControlClient.JSON.readTree(line.out());
    assertThat(shown.propertyNames()).containsExactly("token");
    assertThat(shown.at("/token/id").asString()).isEqualTo("tok1");
  }

  @Test
  void savesBothHalvesOfAnAccessKey() throws IOException {
    control.answers(
        201, "{\"token\":" + TOKEN + ",\"accessKey\":\"tok1\",\"secretKey\":\"s3cr3t\"}");
    assertThat(create("--save")).isZero();
    assertThat(content(FILE)).isEqualTo("accessKey=tok1\nsecretKey=s3cr3t\n");
    assertThat(line.out() + line.err()).doesNotContain("s3cr3t");
    assertThat(create()).isZero();
    assertThat(line.out()).contains("  access key  tok1\n  secret key  s3cr3t\n");
  }

  @Test
  void saysWhereTheSecretWasPut() throws IOException {
    control.answers(
        201, "{\"token\":" + TOKEN + ",\"accessKey\":\"tok1\",\"storedAs\":\"/apps/billing\"}");
    assertThat(create("--kind", "access-key", "--store", "/apps/billing")).isZero();
    assertThat(line.out())
        .contains("  access key  tok1\n  parameter   /apps/billing\n")
        .doesNotContain("shown only this once");
    assertThat(files()).isEmpty();
  }

  @Test
  void neverOverwritesAFile() throws IOException {
    Files.writeString(directory.resolve(FILE), "precious");
    control.answers(201, created("pcat_1")).answers(201, created("pcat_2"));
    assertThat(create("--save")).isZero();
    assertThat(create("--save")).isZero();
    assertThat(content(FILE)).isEqualTo("precious");
    assertThat(content("APIKey-nightly_build-2026-02-03-2.key")).isEqualTo("pcat_1\n");
    assertThat(content("APIKey-nightly_build-2026-02-03-3.key")).isEqualTo("pcat_2\n");
  }

  @Test
  void followsNoLinkThatLiesInItsWay() throws IOException {
    Path elsewhere = directory.resolve("elsewhere");
    Files.createSymbolicLink(directory.resolve(FILE), elsewhere);
    control.answers(201, created("pcat_secret"));
    assertThat(create("--save")).isZero();
    assertThat(elsewhere).doesNotExist();
    assertThat(content("APIKey-nightly_build-2026-02-03-2.key")).isEqualTo("pcat_secret\n");
  }

  @Test
  void showsTheSecretWhereItCannotBeSaved() {
    line =
        new CommandLineRun(directory.resolve("missing"))
            .against(control.uri())
            .environment("PORTCULLIS_OPERATOR_TOKEN", "x");
    control.answers(201, created("pcat_secret"));
    assertThat(create("--save")).isEqualTo(1);
    assertThat(line.out()).contains("\n  pcat_secret\n");
    assertThat(line.err()).contains("could not be saved").contains("next: keep what is shown");
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, APIKey-__.._etc_passwd-2026-02-03.key",
    ".hidden, APIKey-_hidden-2026-02-03.key",
    "ä ß/€, APIKey-_____-2026-02-03.key",
    "a-b_c.d9, APIKey-a-b_c.d9-2026-02-03.key",
    "'', APIKey-_-2026-02-03.key",
  })
  void makesAFileNameOfAnyName(String name, String file) throws IOException {
    control.answers(201, created("s").replace("nightly build", name));
    assertThat(create("--save")).isZero();
    assertThat(files()).containsExactly(directory.resolve(file));
  }

  @Test
  void boundsTheFileName() throws IOException {
    control.answers(201, created("s").replace("nightly build", "x".repeat(5000)));
    assertThat(create("--save")).isZero();
    assertThat(files().getFirst().getFileName().toString()).hasSizeLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"create --principal ada --name n", "regenerate tok1"})
  void asksAgainWithTheSameKeyWhereTheAnswerWasLost(String command) {
    control.hangsUp().answers(201, created("pcat_secret"));
    assertThat(line.run(("token " + command).split(" "))).isZero();
    assertThat(control.asked()).hasSize(2);
    assertThat(control.asked().get(0).idempotencyKey()).isPresent();
    assertThat(control.asked().get(1).idempotencyKey())
        .isEqualTo(control.asked().get(0).idempotencyKey());
    assertThat(line.out()).contains("pcat_secret");
  }

  @Test
  void asksAgainOnceWhereTheStoreIsGoneAndTellsTheKey() {
    control.answers(503, problem("Service Unavailable", "the store does not answer"));
    assertThat(create()).isEqualTo(3);
    assertThat(control.asked()).hasSize(2);
    assertThat(line.err())
        .contains("--idempotency-key " + control.asked().get(0).idempotencyKey().orElseThrow());
  }

  @Test
  void doesNotAskAgainWhereItWasRefused() {
    control.answers(422, problem("Unprocessable Content", "no"));
    assertThat(create()).isEqualTo(1);
    assertThat(control.asked()).hasSize(1);
    assertThat(line.err()).doesNotContain("--idempotency-key");
  }

  @Test
  void usesAFreshKeyEachTimeUnlessOneIsGiven() {
    control.answers(201, created("s"));
    create();
    create();
    create("--idempotency-key", "mine");
    assertThat(control.asked().stream().map(asked -> asked.idempotencyKey().orElseThrow()))
        .doesNotHaveDuplicates()
        .last()
        .isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "", "ä"})
  void refusesWhatIsNoKey(String key) {
    assertThat(create("--idempotency-key", key)).isEqualTo(2);
    assertThat(control.asked()).isEmpty();
  }
}
