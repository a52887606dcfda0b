package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may call a route, wherever principals are kept. */
public abstract class RouteCallersContract extends ControlPlaneKit {

  private static JsonNode callers(Asker asker, String route) {
    Asker.Answer answer =
        asker.get("/v1/routes/callers?route=" + URLEncoder.encode(route, StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode ofDatasets(Asker asker) {
    return callers(asker, "shop:GET /datasets/{dataset}");
  }

  private static Tuple[] rows(JsonNode callers) {
    return callers
        .get("items")
        .valueStream()
        .map(it -> tuple(of(it, "id"), of(it, "reach"), it.get("enabled").asBoolean()))
        .toArray(Tuple[]::new);
  }

  @Test
  void findsThoseWhoseScopesOrRolesCoverWhatIsRequired() {
    String all = principal("seekers", "dataset/*:read");
    String role = principal("seekers", "role:reader");
    String some = principal("seekers", "dataset/logs:read");
    principal("seekers", "dataset/logs:write", "org/logs:read");
    String disabled = principal("seekers", "*:*");
    operator.patch("/v1/principals/" + disabled, "{\"enabled\":false}");
    Asker seeker = delegate("seekers", "portcullis/routes:read", "portcullis/principals:read");
    JsonNode callers = ofDatasets(seeker);
    assertThat(rows(callers))
        .containsExactlyInAnyOrder(
            tuple(all, "all", true),
            tuple(role, "all", true),
            tuple(some, "some", true),
            tuple(disabled, "all", false));
    assertThat(callers.get("examined").asInt()).isEqualTo(6);
    assertThat(callers.get("next").isNull()).isTrue();
  }

  @Test
  void showsAnOperatorOfAnOrganizationItsOwnOnly() {
    String foreign = principal("theirs", "dataset/*:read");
    String own = principal("ours", "dataset/*:read");
    Asker ours = delegate("ours", "portcullis/routes:read", "portcullis/principals:read");
    assertThat(rows(ofDatasets(ours))).containsExactly(tuple(own, "all", true));
    assertThat(ofDatasets(operator).toString()).contains(own, foreign);
  }

  @Test
  void looksAtNobodyWhereAnybodyMay() {
    principal("acme");
    JsonNode callers = callers(operator, "shop:GET /health");
    assertThat(callers.get("public").asBoolean()).isTrue();
    assertThat(callers.get("items")).isEmpty();
    assertThat(callers.get("examined").asInt()).isZero();
  }
}
