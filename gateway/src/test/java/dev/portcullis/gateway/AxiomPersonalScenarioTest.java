package dev.portcullis.gateway;

import static dev.portcullis.gateway.AxiomKit.INGEST_LOGS;
import static dev.portcullis.gateway.AxiomKit.QUERY_LOGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Axiom's document says of personal access tokens, before {@code policies/axiom.yaml}. */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AxiomPersonalScenarioTest {
  private static final String ORGANIZATION = "X-Axiom-Org-Id: acme";

  private final AxiomKit axiom;

  AxiomPersonalScenarioTest(TestBed bed) {
    this.axiom = new AxiomKit(bed, "axiom-pat");
    bed.user(
        "axiom-rob",
        "\"organization\":\"acme\",\"scopes\":[\"dataset/*:*\",\"org/datasets:read\"]");
  }

  @Test
  @DisplayName("Personal access tokens (PATs) provide full control over your Axiom account.")
  void aPersonalTokenDoesAllThatItsUserMay() {
    Issued token = axiom.personal("axiom-pat");
    Issued other = axiom.personal("axiom-rob");

    assertThat(token.secret()).startsWith("xapt-");
    axiom.isAllowed("DELETE /v2/users/u1", token, ORGANIZATION);
    axiom.isAllowed(INGEST_LOGS, token, ORGANIZATION);
    axiom.isAllowed("GET /v2/datasets/logs/fields", other, ORGANIZATION);
    axiom.isRefused("SCOPE_INSUFFICIENT", "DELETE /v2/users/u1", other, ORGANIZATION);
  }

  @Test
  @DisplayName("To the right, click Delete icon Delete.")
  void aDeletedTokenIsNoToken() {
    for (Issued token :
        List.of(axiom.api("dataset/logs/query:read"), axiom.personal("axiom-pat"))) {
      axiom.isAllowed(QUERY_LOGS, token, ORGANIZATION);
      assertThat(axiom.settings().delete("/v1/tokens/" + token.id()).status()).isEqualTo(200);
      axiom.isRefused("TOKEN_REVOKED", QUERY_LOGS, token, ORGANIZATION);
    }
  }

  @Test
  @DisplayName("To authenticate an API request with a PAT, include the Org ID in the requests.")
  void aPersonalTokenNamesItsOrganization() {
    Issued token = axiom.personal("axiom-pat");

    axiom.isAllowed(QUERY_LOGS, token, ORGANIZATION);
    axiom.isRefused("ORGANIZATION_MISMATCH", QUERY_LOGS, token);
    axiom.isRefused("ORGANIZATION_MISMATCH", QUERY_LOGS, token, "X-Axiom-Org-Id: other");
    Issued api = axiom.api("dataset/logs/query:read");
    axiom.isAllowed(QUERY_LOGS, api);
    axiom.isRefused("ORGANIZATION_MISMATCH", QUERY_LOGS, api, "X-Axiom-Org-Id: other");
  }

  @Test
  @DisplayName("Create PAT: name the PAT, optionally give a description")
  void createsAPersonalTokenWithoutPrivilegesOfItsOwn() {
    String members =
        "{\"principal\":\"axiom-pat\",\"api\":\"axiom\",\"kind\":\"personal\",\"name\":\"mine\"";

    assertThat(axiom.settings().post("/v1/tokens", members + ",\"scopes\":[\"*:read\"]}").status())
        .isEqualTo(422);
    Asker.Answer created =
        axiom.settings().post("/v1/tokens", members + ",\"description\":\"for me\"}");
    assertThat(created.at("/secret")).startsWith("xapt-");
    assertThat(axiom.settings().get("/v1/tokens/" + created.at("/token/id")).response().body())
        .contains("for me")
        .doesNotContain(created.at("/secret"));
  }
}
