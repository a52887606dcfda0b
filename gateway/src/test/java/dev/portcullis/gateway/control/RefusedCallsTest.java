package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.InMemoryStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How many refused calls find their way into the trail, and that none holds up its answer. */
class RefusedCallsTest {
  private final TestClock clock = new TestClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final ControlPlane plane = new ControlPlane(store, clock);
  private final Asker operator = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);
  private final Asker nobody = Asker.withoutToken(plane.uri());

  @AfterEach
  void stop() {
    plane.close();
  }

  private List<JsonNode> entries() {
    return operator.get("/v1/audit?limit=200").json().get("items").valueStream().toList();
  }

  @Test
  void notesNobodysCallsUpToARateAndCountsTheRest() {
    for (int i = 0; i < 50; i++) {
      assertThat(nobody.get("/v1/tokens").status()).isEqualTo(401);
    }
    assertThat(entries()).hasSize(20);
    operator.get("/v1/tokens/nothing");
    assertThat(entries().getLast().get("detail").asString())
        .isEqualTo("404: there is no such token (before this, 30 refused calls were not noted)");
    clock.advance(Duration.ofSeconds(1));
    nobody.get("/v1/tokens");
    assertThat(entries().getLast().get("detail").asString()).doesNotContain("not noted");
  }

  @Test
  void answersTheSameWhenTheStoreTakesNoEntryAndCountsIt() {
    store.switchOff();
    assertThat(nobody.get("/v1/tokens").status()).isEqualTo(401);
    operator.post("/v1/principals", "{}").isRefusal(422, "id", "kind", "scopes");
    store.switchOn();
    assertThat(entries()).isEmpty();
    nobody.get("/v1/tokens");
    assertThat(entries().getLast().get("detail").asString())
        .endsWith("(before this, 2 refused calls were not noted)");
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
