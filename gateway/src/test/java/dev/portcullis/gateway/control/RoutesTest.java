package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The routes as operators see them. */
class RoutesTest extends InMemoryControlPlaneKit {
  private static final List<String> IDS =
      List.of(
          "bills:GET /bills", "shop:GET /datasets/{dataset}", "shop:GET /health", "shop:GET /new");

  @Test
  void showsAllThatARouteAsksFor() {
    JsonNode routes = operator.get("/v1/routes?api=shop").json().get("items");
    assertThat(routes.get(0).toString())
        .isEqualTo(
            "{\"id\":\"shop:GET /datasets/{dataset}\",\"api\":\"shop\",\"methods\":[\"GET\"],"
                + "\"path\":\"/datasets/{dataset}\",\"public\":false,\"shadow\":false,"
                + "\"scopes\":[\"dataset/{dataset}:read\"],"
                + "\"limits\":[],"
                + "\"roles\":[{\"role\":\"clerk\",\"reach\":\"some\"},"
                + "{\"role\":\"reader\",\"reach\":\"all\"}],"
                + "\"upstream\":\"http://localhost:9000\"}");
    assertThat(routes.get(1).get("public").asBoolean()).isTrue();
    assertThat(routes.get(1).get("roles")).isEmpty();
    assertThat(routes.get(2).get("shadow").asBoolean()).isTrue();
    assertThat(operator.get("/v1/routes?api=bills").json().at("/items/0/limits").toString())
        .isEqualTo("[\"10 per minute\",\"9 per second per api\"]");
  }

  @Test
  void listsThemInPages() {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Asker.Answer page = operator.get("/v1/routes?limit=1" + cursor);
      assertThat(page.ids()).hasSize(1);
      seen.addAll(page.ids());
      JsonNode next = page.json().get("next");
      cursor = next.isNull() ? "" : "&cursor=" + encoded(next.asString());
    } while (!cursor.isEmpty());
    assertThat(seen).isEqualTo(IDS);
  }

  @Test
  void listsThoseOfOneApi() {
    assertThat(operator.get("/v1/routes?api=bills").ids()).containsExactly("bills:GET /bills");
    assertThat(operator.get("/v1/routes?api=nothing").ids()).isEmpty();
  }

  @Test
  void doesNotTellAnOperatorOfAnOrganizationWhereTheyLead() {
    Asker.Answer answer = delegate("acme", "portcullis/routes:read").get("/v1/routes");
    assertThat(answer.ids()).isEqualTo(IDS);
    assertThat(answer.response().body()).doesNotContain("localhost");
    assertThat(delegate("", "portcullis/routes:read").get("/v1/routes").response().body())
        .contains("localhost");
  }

  @Test
  void tellsWhoMayCallOnlyThoseWhoMaySeePrincipals() {
    String path = "/v1/routes/callers?route=" + encoded("bills:GET /bills");
    Asker.Answer refused = delegate("", "portcullis/routes:read").get(path);
    refused.isRefusal(403);
    assertThat(refused.header("WWW-Authenticate")).endsWith("scope=\"portcullis/principals:read\"");
    delegate("", "portcullis/principals:read").get(path).isRefusal(403);
    assertThat(
            delegate("", "portcullis/routes:read", "portcullis/principals:read").get(path).status())
        .isEqualTo(200);
  }

  @Test
  void refusesAQuestionAboutNoRoute() {
    operator.get("/v1/routes/callers").isRefusal(400, "route");
    operator.get("/v1/routes/callers?route=").isRefusal(400, "route");
    operator.get("/v1/routes/callers?route=nothing").isRefusal(404);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
