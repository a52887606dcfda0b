package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AuditCommandsTest extends AgainstDouble {
  private static final String NDJSON = "application/x-ndjson";

  private static String part(int verified, String next, String through, String problems) {
    return "{\"verified\":%d,\"next\":%s,\"through\":\"%s\",\"total\":500,\"problems\":[%s]}"
        .formatted(verified, next, through, problems);
  }

  @Test
  void verifiesPartAfterPart() {
    control
        .answers(part(200, "\"c1\"", "e200", ""))
        .answers(part(200, "\"c2\"", "e400", ""))
        .answers(part(100, "null", "e500", ""));
    assertThat(line.run("audit", "verify")).isZero();
    assertThat(control.asked().stream().map(ControlDouble.Asked::line))
        .containsExactly(
            "GET /v1/audit/verify",
            "GET /v1/audit/verify?cursor=c1",
            "GET /v1/audit/verify?cursor=c2");
    assertThat(line.out()).isEqualTo("verified 500 entries, through e500; nothing is amiss\n");
  }

  @Test
  void tellsEachEntryThatIsNotAsItWas() {
    control
        .answers(part(200, "\"c1\"", "e200", "{\"id\":\"e7\",\"detail\":\"was changed\"}"))
        .answers(part(300, "null", "e500", "{\"id\":\"e9\",\"detail\":\"is missing\"}"));
    assertThat(line.run("audit", "verify", "-q")).isEqualTo(1);
    assertThat(line.out())
        .isEqualTo(
            "e7: was changed\ne9: is missing\nverified 500 entries, through e500; 2 amiss\n");
    assertThat(line.err()).isEmpty();
  }

  @Test
  void verifiesAsJson() {
    control
        .answers(part(200, "\"c1\"", "e200", "{\"id\":\"e7\",\"detail\":\"was changed\"}"))
        .answers(part(300, "null", "e500", ""));
    assertThat(line.run("audit", "verify", "--json")).isEqualTo(1);
    JsonNode answer = ControlClient.JSON.readTree(line.out());
    assertThat(answer.path("verified").asLong()).isEqualTo(500);
    assertThat(answer.path("through").asString()).isEqualTo("e500");
    assertThat(answer.path("problems")).hasSize(1);
  }

  @Test
  void doesNotPassWhatWasNotVerifiedToTheEnd() {
    control.answers(part(200, "\"c1\"", "e200", "")).answers(503, problem("x", "no store"));
    assertThat(line.run("audit", "verify")).isEqualTo(3);
    assertThat(line.out()).isEmpty();
  }

  @Test
  void doesNotVerifyInACircle() {
    control.answers(part(200, "\"c1\"", "e200", ""));
    assertThat(line.run("audit", "verify")).isEqualTo(3);
    assertThat(control.asked()).hasSize(2);
  }

  @Test
  void exportsLinesToAFileOfItsOwner() throws IOException {
    control.streams(NDJSON, "{\"id\":\"1\"}\n{\"id\":\"2\",\"x\":\"é\"}\n");
    assertThat(line.run("audit", "export", "trail", "--actor", "a")).isZero();
    Path file = directory.resolve("trail");
    assertThat(Files.readString(file)).isEqualTo("{\"id\":\"1\"}\n{\"id\":\"2\",\"x\":\"é\"}\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(control.asked().getFirst().accept())
        .hasValueSatisfying(accept -> assertThat(accept).startsWith(NDJSON));
    assertThat(line.out()).isEmpty();
    assertThat(line.err()).contains("exported 2 entries to ");
  }

  @Test
  void exportsToTheStandardOutput() {
    control.streams(NDJSON, "{\"id\":\"1\"}\n{\"id\":\"2\"}\n");
    assertThat(line.run("audit", "export")).isZero();
    assertThat(line.out()).isEqualTo("{\"id\":\"1\"}\n{\"id\":\"2\"}\n");
  }

  @Test
  void leavesNoPartOfAnExport() {
    control.breaksOffAfter(NDJSON, "{\"id\":\"1\"}\n");
    assertThat(line.run("audit", "export", "trail")).isEqualTo(3);
    assertThat(directory.resolve("trail")).doesNotExist();
    assertThat(line.err()).contains("it broke off after 1");
  }

  @Test
  void leavesNoFileWhereItMayNotExport() {
    control.answers(403, problem("Forbidden", "this needs a scope"));
    assertThat(line.run("audit", "export", "trail")).isEqualTo(1);
    assertThat(directory.resolve("trail")).doesNotExist();
  }

  @Test
  void overwritesNoFile() throws IOException {
    Files.writeString(directory.resolve("trail"), "precious");
    control.streams(NDJSON, "{}\n");
    assertThat(line.run("audit", "export", "trail")).isEqualTo(1);
    assertThat(line.err()).contains("is there already").contains("next: ");
    assertThat(Files.readString(directory.resolve("trail"))).isEqualTo("precious");
    assertThat(control.asked()).isEmpty();
  }
}
