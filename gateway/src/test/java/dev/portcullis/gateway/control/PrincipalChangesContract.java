package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How principals are changed and go, wherever they are kept. */
public abstract class PrincipalChangesContract extends ControlPlaneKit {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | ada@example.org | true | dataset/*:*,role:reader",
        "{\"email\":null} | `` | true | dataset/*:*,role:reader",
        "{\"email\":\"Eve@Example.org\"} | eve@example.org | true | dataset/*:*,role:reader",
        "{\"enabled\":false} | ada@example.org | false | dataset/*:*,role:reader",
        "{\"scopes\":[\"a:b\"]} | ada@example.org | true | a:b",
        "{\"scopes\":[]} | ada@example.org | true | ``",
        "{\"scopes\":[\"a:b\"],\"enabled\":false,\"email\":null} | `` | false | a:b",
      })
  void keepsWhatIsLeftOutClearsWhatIsNullAndSetsTheRest(
      String json, String email, boolean enabled, String scopes) {
    String id = principal("acme");
    Asker.Answer answer = operator.patch("/v1/principals/" + id, json);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("email").asString("")).isEqualTo(email);
    assertThat(answer.json().get("enabled").asBoolean()).isEqualTo(enabled);
    List<String> granted =
        answer.json().get("scopes").valueStream().map(it -> it.asString()).toList();
    assertThat(String.join(",", granted)).isEqualTo(scopes);
    assertThat(operator.get("/v1/principals/" + id).json()).isEqualTo(answer.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":\"other\"} | id",
        "{\"kind\":\"service-account\"} | kind",
        "{\"organization\":\"other\"} | organization",
        "{\"organization\":null} | organization",
        "{\"enabled\":null} | enabled",
        "{\"enabled\":\"false\"} | enabled",
        "{\"scopes\":null} | scopes",
        "{\"scopes\":\"a:b\"} | scopes",
        "{\"scopes\":[\"a\"]} | scopes[0]",
        "{\"email\":\"nobody\"} | email",
        "{\"email\":7} | email",
        "{\"name\":\"x\"} | name",
        "{\"enabled\":false,\"colour\":\"red\"} | colour",
      })
  void namesTheFieldThatCannotBeChangedSo(String json, String field) {
    String id = principal("acme");
    Asker.Answer before = operator.get("/v1/principals/" + id);
    operator.patch("/v1/principals/" + id, json).isRefusal(422, field);
    assertThat(operator.get("/v1/principals/" + id).json()).isEqualTo(before.json());
  }

  @Test
  void deletesAPrincipalAfterItsTokensWhichStayToBeRead() {
    String id = principal("acme");
    String token = idOf(token(id));
    token(id);
    Asker.Answer deleted = operator.delete("/v1/principals/" + id);
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.json().toString()).isEqualTo("{\"revoked\":2}");
    operator.get("/v1/principals/" + id).isRefusal(404);
    operator.delete("/v1/principals/" + id).isRefusal(404);
    operator.patch("/v1/principals/" + id, "{}").isRefusal(404);
    assertThat(operator.get("/v1/tokens/" + token).at("/status")).isEqualTo("revoked");
    assertThat(operator.get("/v1/tokens?principal=" + id).ids()).hasSize(2);
  }

  @Test
  void revokesAllTokensOfAPrincipalInOneCall() {
    String id = principal("acme");
    String other = idOf(token(principal("acme")));
    token(id);
    operator.delete("/v1/tokens/" + idOf(token(id)));
    Asker.Answer revoked =
        operator.post("/v1/principals/" + id + "/revoke-tokens", "{\"reason\":\"laptop stolen\"}");
    assertThat(revoked.json().toString()).isEqualTo("{\"revoked\":1}");
    assertThat(operator.get("/v1/tokens?status=active&principal=" + id).ids()).isEmpty();
    assertThat(operator.get("/v1/tokens?principal=" + id).response().body())
        .contains("laptop stolen");
    assertThat(operator.get("/v1/tokens/" + other).at("/status")).isEqualTo("active");
    operator.post("/v1/principals/nobody/revoke-tokens", "{}").isRefusal(404);
  }

  @Test
  void takesATokenWithItWhenItIsDisabledAndGivesItBack() {
    String id = principal("acme", "portcullis/tokens:read");
    Asker owner = asking(personal(id));
    assertThat(owner.get("/v1/tokens").status()).isEqualTo(200);
    operator.patch("/v1/principals/" + id, "{\"enabled\":false}");
    assertThat(owner.get("/v1/tokens").status()).isEqualTo(401);
    operator.patch("/v1/principals/" + id, "{\"enabled\":true}");
    assertThat(owner.get("/v1/tokens").status()).isEqualTo(200);
    operator.patch("/v1/principals/" + id, "{\"scopes\":[\"dataset/*:*\"]}");
    assertThat(owner.get("/v1/tokens").status()).isEqualTo(403);
  }

  private String personal(String id) {
    return operator
        .post(
            "/v1/tokens",
            "{\"principal\":\"%s\",\"kind\":\"personal\",\"name\":\"n\"}".formatted(id))
        .at("/secret");
  }

  @Test
  void letsNoOperatorChangeTheirOwnRights() {
    String id = principal("acme", "portcullis/principals:*", "dataset/*:read");
    Asker self = asking(personal(id));
    String path = "/v1/principals/" + id;
    self.patch(path, "{\"enabled\":false}").isRefusal(422, "enabled");
    self.patch(path, "{\"scopes\":[\"dataset/*:*\"]}").isRefusal(422, "scopes");
    self.patch(path, "{\"scopes\":[\"portcullis/*:*\"]}").isRefusal(422, "scopes", "scopes[0]");
    self.delete(path).isRefusal(409);
    assertThat(self.patch(path, "{\"email\":\"new@example.org\"}").status()).isEqualTo(200);
    assertThat(operator.get(path).json().get("enabled").asBoolean()).isTrue();
  }

  @Test
  void letsNoOperatorGiveAwayWhatTheyLack() {
    Asker delegate = delegate("acme", "portcullis/principals:*");
    String id = principal("acme");
    delegate
        .patch("/v1/principals/" + id, "{\"scopes\":[\"a:b\",\"portcullis/tokens:read\"]}")
        .isRefusal(422, "scopes[1]");
    assertThat(
            delegate
                .patch(
                    "/v1/principals/" + id, "{\"scopes\":[\"a:b\",\"portcullis/principals:read\"]}")
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"operator", "anonymous", "portcullis"})
  void keepsTheNamesThatTheAuditTrailUses(String name) {
    operator
        .post("/v1/principals", "{\"id\":\"%s\",\"kind\":\"user\",\"scopes\":[]}".formatted(name))
        .isRefusal(422, "id");
  }

  @Test
  void listsPrincipalsOfAnOrganization() {
    String organization = "listed-" + made;
    List<String> ids = List.of(principal(organization), principal(organization));
    principal("elsewhere");
    assertThat(operator.get("/v1/principals?organization=" + organization).ids())
        .containsExactlyElementsOf(ids);
  }
}
