package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.token.FakeTicker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How many refused calls find their way into the trail, and that none holds up its answer. */
class RefusedCallsTest {
  private final TestClock clock = new TestClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final FakeTicker ticker = new FakeTicker();
  private final ControlPlane plane =
      new ControlPlane(store, store, clock, ticker, ControlPlane.settings(new Lifetimes(Map.of())));
  private final Asker operator = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);
  private final Asker nobody = Asker.withoutToken(plane.uri());

  @AfterEach
  void stop() {
    plane.close();
  }

  private List<JsonNode> entries() {
    return operator.get("/v1/audit?limit=200").json().get("items").valueStream().toList();
  }

  private String lastDetail() {
    return entries().getLast().get("detail").asString();
  }

  private void callsOfNobody(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(nobody.get("/v1/tokens").status()).isEqualTo(401);
    }
  }

  @Test
  void notesNobodysCallsUpToARateAndCountsTheRest() {
    callsOfNobody(50);
    assertThat(entries()).hasSize(20);
    operator.get("/v1/tokens/nothing");
    assertThat(lastDetail())
        .isEqualTo("404: there is no such token (before this, 30 refused calls were not noted)");
    ticker.advance(Duration.ofSeconds(1));
    callsOfNobody(1);
    assertThat(lastDetail()).doesNotContain("not noted");
  }

  @Test
  void notesOneOfNobodysCallsASecondInTheLongRun() {
    callsOfNobody(20);
    ticker.advance(Duration.ofMillis(999));
    callsOfNobody(1);
    assertThat(entries()).hasSize(20);
    for (int second = 0; second < 5; second++) {
      ticker.advance(Duration.ofSeconds(1));
      callsOfNobody(10);
    }
    assertThat(entries()).hasSize(25);
    ticker.advance(Duration.ofDays(1));
    callsOfNobody(30);
    assertThat(entries()).hasSize(45);
  }

  @Test
  void makesNoIndexOfWhatNobodyNames() {
    nobody.get("/v1/tokens/invented-token");
    nobody.get("/v1/audit?principal=invented-principal&token=" + "t".repeat(128));
    nobody.get("/v1/audit?token=" + "t".repeat(129));
    assertThat(entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.get("principal").isNull()).isTrue();
              assertThat(entry.get("token").isNull()).isTrue();
            })
        .extracting(entry -> entry.get("detail").asString())
        .map(detail -> detail.replaceFirst("^401: [^;]*", ""))
        .containsExactly(
            "; it named token invented-token",
            "; it named principal invented-principal; it named token " + "t".repeat(128),
            "");
  }

  @Test
  void answersTheSameWhenTheStoreTakesNoEntryAndCountsIt() {
    store.switchOff();
    assertThat(nobody.get("/v1/tokens").status()).isEqualTo(401);
    operator.post("/v1/principals", "{}").isRefusal(422, "id", "kind", "scopes");
    store.switchOn();
    assertThat(entries()).isEmpty();
    nobody.get("/v1/tokens");
    assertThat(lastDetail()).endsWith("(before this, 2 refused calls were not noted)");
  }

  @Test
  void notesNoFaultOfTheStoreAsARefusal() {
    store.switchOff();
    assertThat(operator.get("/v1/tokens").status()).isEqualTo(503);
    store.switchOn();
    operator.get("/v1/tokens/nothing");
    assertThat(entries()).hasSize(1);
    assertThat(entries().getFirst().get("detail").asString()).doesNotContain("not noted");
  }
}
