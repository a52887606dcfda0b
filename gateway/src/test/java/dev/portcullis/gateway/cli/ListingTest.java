package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ListingTest extends AgainstDouble {

  private static String page(int from, int to, String next) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"id\":\"t" + i + "\",\"name\":\"n\"}")
        .collect(Collectors.joining(",", "{\"items\":[", "],\"next\":" + next + "}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "principal", "audit"})
  void goesOnOverShortAndEmptyPagesUntilNoNext(String noun) {
    control.answers(page(0, 2, "\"t1\"")).answers(page(2, 2, "\"t2\"")).answers(page(2, 5, "null"));
    assertThat(line.run(noun, "list")).isZero();
    assertThat(line.out().lines().skip(1).map(row -> row.substring(0, 2)))
        .containsExactly("t0", "t1", "t2", "t3", "t4");
    assertThat(control.asked().stream().map(ControlDouble.Asked::line))
        .map(asked -> asked.replaceAll(".*[?]", ""))
        .containsExactly("limit=50", "limit=48&cursor=t1", "limit=48&cursor=t2");
    assertThat(line.err()).isEmpty();
  }

  @Test
  void stopsAtTheLimitAndTellsThatThereIsMore() {
    control.answers(page(0, 2, "\"t1\"")).answers(page(2, 3, "\"t2\""));
    assertThat(line.run("token", "list", "--limit", "3")).isZero();
    assertThat(control.asked()).hasSize(2);
    assertThat(line.out().lines()).hasSize(4);
    assertThat(line.err()).isEqualTo("there are more: add --limit all, or --cursor t2\n");
  }

  @Test
  void listsAllInPagesOfTwoHundredUnderOneHeading() {
    for (int i = 0; i < 6; i++) {
      control.answers(page(i * 200, i * 200 + 200, "\"c" + i + "\""));
    }
    control.answers(page(1200, 1201, "null"));
    assertThat(line.run("token", "list", "--limit", "all")).isZero();
    assertThat(line.out().lines().filter(row -> row.startsWith("ID"))).hasSize(1);
    assertThat(line.out().lines()).hasSize(1202);
    assertThat(control.asked()).hasSize(7).allMatch(asked -> asked.line().contains("limit=200"));
  }

  @Test
  void writesAllPagesAsOneJsonObject() {
    control.answers(page(0, 2, "\"t1\"")).answers(page(2, 3, "\"t2\""));
    assertThat(line.run("token", "list", "--limit", "3", "--json")).isZero();
    JsonNode list = ControlClient.JSON.readTree(line.out());
    assertThat(list.path("items").valueStream().map(item -> item.path("id").asString()))
        .containsExactly("t0", "t1", "t2");
    assertThat(list.path("next").asString()).isEqualTo("t2");
    assertThat(line.err()).isEmpty();
  }

  @Test
  void writesAnEmptyListAsJson() {
    control.answers(page(0, 0, "null"));
    line.run("token", "list", "--json");
    assertThat(ControlClient.JSON.readTree(line.out()).toString())
        .isEqualTo("{\"items\":[],\"next\":null}");
  }

  @Test
  void doesNotTurnInACircle() {
    control.answers(page(0, 0, "\"c\""));
    assertThat(line.run("token", "list")).isEqualTo(3);
    assertThat(control.asked()).hasSize(2);
    assertThat(line.err()).contains("its next page is itself");
  }

  @Test
  void failsWhereALaterPageFails() {
    control.answers(page(0, 2, "\"t1\"")).answers(503, problem("Unavailable", "no store"));
    assertThat(line.run("token", "list")).isEqualTo(3);
    assertThat(line.err()).contains("503");
  }

  @Test
  void flagsTokensThatAreOldOrEndSoon() {
    control.answers(
        "{\"items\":["
            + TOKEN.replace("\"ageFlag\":false", "\"ageFlag\":true")
            + ","
            + TOKEN.replace("\"expiresSoon\":false", "\"expiresSoon\":true")
            + "],\"next\":null}");
    line.run("token", "list");
    assertThat(line.out().lines().toList().get(1)).contains("  old  ");
    assertThat(line.out().lines().toList().get(2)).contains("  expires-soon  ");
  }

  @Test
  void showsSinceWhenATokenIs() {
    control.answers("{\"items\":[" + TOKEN + "],\"next\":null}");
    line.run("token", "list");
    List<String> lines = line.out().lines().toList();
    int column = lines.getFirst().indexOf("CREATEDAT");
    assertThat(lines.get(1).substring(column)).startsWith("2026-02-03T04:05:06Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "1000000000000000000000"})
  void refusesWhatIsNoLimit(String limit) {
    assertThat(line.run("token", "list", "--limit", limit)).isEqualTo(2);
    assertThat(line.err()).contains("--limit");
    assertThat(control.asked()).isEmpty();
  }
}
