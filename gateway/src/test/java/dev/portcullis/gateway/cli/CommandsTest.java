package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.control.ControlPlane;
import dev.portcullis.gateway.registry.InMemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The command line against a control plane. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {
  private final InMemoryStore store = new InMemoryStore();
  private final ControlPlane plane = new ControlPlane(store, InstantSource.system());
  private int made;
  private CommandLineRun line = new CommandLineRun(Path.of(""));

  @BeforeEach
  void commandLine(@TempDir Path directory) {
    line =
        new CommandLineRun(directory)
            .against(plane.uri())
            .environment("PORTCULLIS_OPERATOR_TOKEN", ControlPlane.OPERATOR_TOKEN);
  }

  @AfterEach
  void switchOn() {
    store.switchOn();
  }

  @AfterAll
  void stop() {
    plane.close();
  }

  private String principal() {
    String id = "owner-" + made++;
    assertThat(
            line.run(
                "principal",
                "create",
                id,
                "--kind",
                "user",
                "--email",
                "a@example.org",
                "--organization",
                "acme",
                "--scope",
                "dataset/*:*",
                "--scope",
                "role:reader"))
        .as(line.err())
        .isZero();
    return id;
  }

  private JsonNode token(String owner) {
    assertThat(
            line.run(
                "token",
                "create",
                "--principal",
                owner,
                "--kind",
                "api",
                "--name",
                "nightly build",
                "--scope",
                "dataset/logs:read",
                "--expires-in",
                "PT1H",
                "--allow",
                "10.0.0.0/8",
                "--limit",
                "10 per second leased",
                "--tag",
                "team=a=b",
                "--description",
                "d",
                "--json"))
        .as(line.err())
        .isZero();
    return ControlClient.JSON.readTree(line.out());
  }

  @Test
  void showsAPrincipalAsATable() {
    String id = principal();
    assertThat(line.run("principal", "show", id)).isZero();
    assertThat(line.out())
        .isEqualTo(
            """
            ID       KIND  EMAIL          ORGANIZATION  ENABLED  SCOPES
            %s  user  a@example.org  acme          true     dataset/*:*,role:reader
            """
                .formatted(id));
    assertThat(line.err()).isEmpty();
  }

  @Test
  void createsATokenWithAllThatWasAskedFor() {
    JsonNode created = token(principal());
    JsonNode token = created.get("token");
    assertThat(token.get("name").asString()).isEqualTo("nightly build");
    assertThat(token.get("description").asString()).isEqualTo("d");
    assertThat(token.get("scopes").toString()).isEqualTo("[\"dataset/logs:read\"]");
    assertThat(token.get("allowedAddresses").toString()).isEqualTo("[\"10.0.0.0/8\"]");
    assertThat(token.get("limits").toString()).isEqualTo("[\"10 per second leased\"]");
    assertThat(token.get("tags").toString()).isEqualTo("{\"team\":\"a=b\"}");
    assertThat(token.hasNonNull("expiresAt")).isTrue();
    assertThat(created.get("secret").asString()).startsWith("pcat_");
  }

  @Test
  void showsTheSecretOfANewTokenAndNeverAgain() {
    String owner = principal();
    assertThat(
            line.run(
                "token", "create", "--principal", owner, "--kind", "personal", "--name", "mine"))
        .isZero();
    assertThat(line.out()).contains("shown only this once").contains("  pcpt_");
    line.run("token", "list", "--principal", owner);
    assertThat(line.out()).contains("mine").doesNotContain("pcpt_");
  }

  @Test
  void listsAndTellsThatThereIsMore() {
    String owner = principal();
    String first = token(owner).at("/token/id").asString();
    String second = token(owner).at("/token/id").asString();
    assertThat(line.run("token", "list", "--principal", owner, "--limit", "1")).isZero();
    assertThat(line.out()).contains(first).doesNotContain(second);
    assertThat(line.err())
        .isEqualTo("there are more: add --limit all, or --cursor " + first + "\n");
    line.run("token", "list", "--principal", owner, "--limit", "1", "--cursor", first);
    assertThat(line.out()).contains(second).doesNotContain(first);
    assertThat(line.err()).isEmpty();
    assertThat(line.run("principal", "list", "--limit", "200")).isZero();
    assertThat(line.out()).contains(owner);
  }

  @Test
  void revokesAToken() {
    String id = token(principal()).at("/token/id").asString();
    assertThat(line.run("token", "revoke", id, "--reason", "leaked")).isZero();
    assertThat(line.out()).contains("revoked");
    assertThat(line.run("token", "list", "--status", "revoked", "--organization", "acme")).isZero();
    assertThat(line.out()).contains(id);
    assertThat(line.run("token", "show", id)).isZero();
    assertThat(line.out()).contains("revoked");
  }

  @Test
  void tellsWhichFieldsWereRefused() {
    assertThat(
            line.run(
                "token",
                "create",
                "--principal",
                "nobody",
                "--kind",
                "api",
                "--name",
                "n",
                "--scope",
                "nonsense"))
        .isEqualTo(1);
    assertThat(line.out()).isEmpty();
    assertThat(line.err())
        .startsWith("portcullis: 422 Unprocessable Content: ")
        .contains("  principal: there is no such principal\n")
        .contains("  scopes[0]: 'nonsense' is not of the form");
  }

  @ParameterizedTest
  @CsvSource({"token, show", "token, revoke", "principal, show"})
  void tellsWhatDoesNotExist(String noun, String verb) {
    assertThat(line.run(noun, verb, "no such/thing?")).isEqualTo(1);
    assertThat(line.err()).startsWith("portcullis: 404 Not Found: there is no such " + noun);
  }

  @Test
  void tellsABadOperatorTokenAndNotWhatItWas() {
    line.environment("PORTCULLIS_OPERATOR_TOKEN", "bad-token");
    assertThat(line.run("token", "list")).isEqualTo(1);
    assertThat(line.err())
        .contains("401")
        .contains("--operator-token-file")
        .doesNotContain("bad-token");
  }

  @Test
  void tellsAnOutageByItsOwnExitCode() {
    store.switchOff();
    assertThat(line.run("token", "list")).isEqualTo(3);
    assertThat(line.err()).contains("503").contains("next: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1", "http://nowhere.invalid:9090"})
  void tellsAControlPlaneThatIsNotThere(String url) {
    assertThat(line.run("token", "list", "--control", url)).isEqualTo(3);
    assertThat(line.err()).contains(url).contains("next: see whether the gateway is up");
  }
}
