package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenImportTest extends AgainstDouble {
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** As the control plane does: lines with "bad" are refused, the others are known afterwards. */
  private String answer(String body) {
    StringBuilder answer = new StringBuilder();
    int number = 0;
    for (String text : body.lines().toList()) {
      number++;
      String rest =
          text.contains("bad")
              ? "\"refused\",\"errors\":[{\"field\":\"sha256\",\"detail\":\"is not hex\"}]"
              : text.contains("unlucky")
                  ? "\"failed\",\"errors\":[{\"field\":\"\",\"detail\":\"no store\"}]"
                  : known.add(text) ? "\"created\",\"id\":\"x\"" : "\"exists\",\"id\":\"x\"";
      answer.append("{\"line\":").append(number).append(",\"status\":").append(rest).append("}\n");
    }
    return answer.append("{\"created\":0,\"exists\":0,\"refused\":0,\"failed\":0}\n").toString();
  }

  private void takesLines() {
    control.answers(
        (asked, exchange) ->
            ControlDouble.respond(exchange, 200, "application/x-ndjson", answer(asked.body())));
  }

  private String write(String file, String lines) throws IOException {
    Files.writeString(directory.resolve(file), lines);
    return file;
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"sha256\":\"" + i + "\"}\n")
        .collect(Collectors.joining());
  }

  @Test
  void sendsChunksAndTellsARefusedLineByItsNumberInTheFile() throws IOException {
    takesLines();
    write("in", lines(0, 2199) + "{\"sha256\":\"bad\"}\n" + lines(2200, 2500));
    assertThat(line.run("token", "import", "in")).isEqualTo(1);
    assertThat(control.asked().stream().map(asked -> asked.body().lines().count()))
        .containsExactly(1000L, 1000L, 500L);
    assertThat(control.asked())
        .allSatisfy(
            asked -> {
              assertThat(asked.line()).isEqualTo("POST /v1/tokens/import");
              assertThat(asked.type()).hasValue("application/x-ndjson");
            });
    assertThat(line.out()).isEqualTo("created=2499,exists=0,refused=1,failed=0\n");
    assertThat(line.err()).contains("line 2200 refused; sha256: is not hex\n");
  }

  @Test
  void canBeRunTwice() throws IOException {
    takesLines();
    write("in", lines(0, 10));
    assertThat(line.run("token", "import", "in", "--json")).isZero();
    assertThat(ControlClient.JSON.readTree(line.out()).path("created").asInt()).isEqualTo(10);
    assertThat(line.run("token", "import", "in")).isZero();
    assertThat(line.out()).isEqualTo("created=0,exists=10,refused=0,failed=0\n");
  }

  @Test
  void readsTheStandardInputAndCountsEmptyLines() {
    takesLines();
    line.sending("{\"a\":1}\r\n\n   \n{\"bad\":1}");
    assertThat(line.run("token", "import", "-")).isEqualTo(1);
    assertThat(control.asked().getFirst().body()).isEqualTo("{\"a\":1}\n{\"bad\":1}\n");
    assertThat(line.err()).contains("line 4 refused; ");
  }

  @Test
  void asksNothingForAnEmptyFile() throws IOException {
    write("in", "");
    control.answers("{}");
    assertThat(line.run("token", "import", "in")).isZero();
    assertThat(control.asked()).isEmpty();
  }

  @Test
  void showsTwentyLinesAndTellsWhereTheRestIs() throws IOException {
    takesLines();
    write("in", "{\"bad\":1}\n".repeat(25));
    assertThat(line.run("token", "import", "in", "-q")).isEqualTo(1);
    assertThat(line.err().lines())
        .hasSize(21)
        .last()
        .isEqualTo("and 5 more; --report FILE keeps all");
  }

  @Test
  void keepsEachAnswerInAFileOfItsOwner() throws IOException {
    takesLines();
    write("in", lines(0, 1000) + "{\"bad\":1}\n");
    assertThat(line.run("token", "import", "in", "-q", "--report", "out")).isEqualTo(1);
    Path report = directory.resolve("out");
    List<String> answers = Files.readAllLines(report);
    assertThat(answers).hasSize(1002);
    assertThat(answers.get(999)).contains("\"line\":1000,\"status\":\"created\"");
    assertThat(answers.get(1000)).contains("\"line\":1001,\"status\":\"refused\"", "is not hex");
    assertThat(answers.get(1001))
        .isEqualTo("{\"created\":1000,\"exists\":0,\"refused\":1,\"failed\":0}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report)))
        .isEqualTo("rw-------");
    assertThat(line.err()).isEmpty();
    assertThat(line.run("token", "import", "in", "--report", "out")).isEqualTo(1);
    assertThat(line.err()).contains("out is there already").contains("next: ");
    assertThat(control.asked()).hasSize(2);
  }

  @Test
  void sendsAgainOnlyWhatWasNotAnswered() throws IOException {
    control.breaksOffAfter(
        "application/x-ndjson", "{\"line\":1,\"status\":\"created\",\"id\":\"x\"}\n");
    control.answers(503, problem("Service Unavailable", "no store"));
    takesLines();
    write("in", lines(0, 3));
    assertThat(line.run("token", "import", "in")).as(line.err()).isZero();
    assertThat(control.asked().stream().map(ControlDouble.Asked::body))
        .containsExactly(lines(0, 3), lines(1, 3), lines(1, 3));
    assertThat(line.out()).isEqualTo("created=3,exists=0,refused=0,failed=0\n");
    assertThat(line.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void givesUpOnALineThatKeepsFailingAndGoesOn() throws IOException {
    takesLines();
    write("in", "{\"unlucky\":1}\n" + lines(0, 1500));
    assertThat(line.run("token", "import", "in")).isEqualTo(1);
    assertThat(line.out()).isEqualTo("created=1500,exists=0,refused=0,failed=1\n");
    assertThat(line.err()).contains("line 1 failed; no store");
    assertThat(control.asked().stream().map(asked -> asked.body().lines().count()))
        .containsExactly(1000L, 1L, 1L, 1L, 1L, 501L);
  }

  @Test
  void stopsWhereNobodyAnswersAnyMoreAndSaysHowToGoOn() throws IOException {
    control.hangsUp();
    write("in", lines(0, 1500));
    assertThat(line.run("token", "import", "in")).isEqualTo(3);
    assertThat(control.asked()).hasSize(5);
    assertThat(line.err()).contains("does not answer").contains("run it again");
  }

  @Test
  void stopsWhereItMayNot() throws IOException {
    control.answers(403, problem("Forbidden", "this needs a scope"));
    write("in", lines(0, 1500));
    assertThat(line.run("token", "import", "in")).isEqualTo(1);
    assertThat(control.asked()).hasSize(1);
  }

  @Test
  void doesNotBelieveAnswersToLinesThatWereNotSent() throws IOException {
    control.streams(
        "application/x-ndjson",
        "{\"line\":2,\"status\":\"created\"}\n{\"line\":-1,\"status\":\"created\"}\n"
            + "{\"line\":1,\"status\":\"great\"}\nnonsense\n");
    write("in", lines(0, 1));
    assertThat(line.run("token", "import", "in")).isEqualTo(3);
    assertThat(line.out()).isEqualTo("created=0,exists=0,refused=0,failed=0\n");
    assertThat(line.err()).contains("did not answer every line");
  }

  @Test
  void doesNotSendALineThatIsTooLong() throws IOException {
    takesLines();
    write("in", "x".repeat(70_000) + "\n" + lines(0, 1));
    assertThat(line.run("token", "import", "in")).isEqualTo(1);
    assertThat(control.asked().getFirst().body()).isEqualTo(lines(0, 1));
    assertThat(line.err()).contains("line 1 refused; the line is longer than 64 KiB");
  }

  @Test
  void tellsThatThereIsNoSuchFile() {
    assertThat(line.run("token", "import", "missing")).isEqualTo(1);
    assertThat(line.err()).contains("missing").contains("next: ");
    assertThat(line.run("token", "import", ".")).isEqualTo(1);
    assertThat(line.err()).contains("next: ");
  }
}
