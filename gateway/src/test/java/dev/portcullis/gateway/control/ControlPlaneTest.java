package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.InMemoryStore;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlPlaneTest {
  private final InMemoryStore store = new InMemoryStore();
  private final ControlPlane plane =
      new ControlPlane(store.registry(), store, InstantSource.system());

  @AfterAll
  void close() {
    plane.close();
  }

  @Test
  void works() {
    Asker op = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);
    for (Asker.Answer a :
        new Asker.Answer[] {
          op.get("/v1/principals"),
          op.post("/v1/principals", "{\"id\":\"ada\",\"kind\":\"user\",\"scopes\":[\"*:*\"]}"),
          op.post(
              "/v1/tokens",
              "{\"principal\":\"ada\",\"kind\":\"api\",\"name\":\"x\",\"scopes\":[\"a:b\"]}"),
          op.get("/v1/tokens"),
          op.get("/actuator"),
          op.get("/actuator/health"),
          op.get("/actuator/env"),
          op.send("PUT", "/v1/tokens"),
          op.send("POST", "/actuator/health"),
          op.get("/nope"),
          op.send("application/json", "/v1/tokens", new byte[1 << 20]),
          Asker.with(plane.dataPlane(), ControlPlane.OPERATOR_TOKEN).get("/v1/principals"),
        }) {
      System.out.println(
          a.response() + " " + a.response().headers().map() + "\n" + a.response().body());
    }
    assertThat(op.get("/v1/principals").status()).isEqualTo(200);
  }
}
