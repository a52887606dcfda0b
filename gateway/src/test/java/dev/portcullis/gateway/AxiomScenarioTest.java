package dev.portcullis.gateway;

import static dev.portcullis.gateway.AxiomKit.INGEST_LOGS;
import static dev.portcullis.gateway.AxiomKit.QUERY_LOGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Axiom's document on tokens, sentence by sentence, before {@code policies/axiom.yaml}; what it
 * says of personal tokens is {@link AxiomPersonalScenarioTest}, its table of capabilities {@link
 * AxiomRoutesTest}, what its clients read {@link AxiomAnswersTest}.
 *
 * <p>The clicks under Settings are calls of the control plane here. No program can make true: keep
 * tokens confidential; when possible, avoid using PATs; copy the API token and store it securely;
 * update all the API requests where you use it. Where a query names its datasets in its body, the
 * gateway cannot tell which: such a query takes a token for any dataset.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AxiomScenarioTest {
  private final TestBed bed;
  private final AxiomKit axiom;

  AxiomScenarioTest(TestBed bed) {
    this.bed = bed;
    this.axiom = new AxiomKit(bed, "axiom-ada");
    bed.user("axiom-ray", "\"organization\":\"acme\",\"scopes\":[\"dataset/*:*\"]");
  }

  @Test
  @DisplayName("... ingest data ... you can add new users and change existing monitors")
  void opensIngestAndTheOrganizationsSettings() {
    Issued token =
        axiom.api("dataset/logs/ingest:create", "org/users:create", "org/monitors:update");

    axiom.isAllowed(INGEST_LOGS, token);
    axiom.isAllowed("POST /v2/users", token);
    axiom.isAllowed("PUT /v2/monitors/m1", token);
  }

  @Test
  @DisplayName("... you must include forms of authentication called tokens in your API requests.")
  void refusesWithoutAToken() {
    Answer answer = bed.ask(INGEST_LOGS);

    assertThat(answer.reason()).isEqualTo("CREDENTIALS_MISSING");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.passed()).isEmpty();
  }

  @Test
  @DisplayName("API tokens let you control the actions that can be performed with the token.")
  void anApiTokenCanOnlyQueryDataFromAParticularDataset() {
    Issued token = axiom.api("dataset/logs/query:read");

    assertThat(token.secret()).startsWith("xaat-");
    axiom.isAllowed(QUERY_LOGS, token);
    axiom.isRefused("SCOPE_INSUFFICIENT", "POST /v1/datasets/traces/query", token);
    axiom.isRefused("SCOPE_INSUFFICIENT", "POST /v1/query/_apl", token);
    axiom.isRefused("SCOPE_INSUFFICIENT", INGEST_LOGS, token);
  }

  @Test
  @DisplayName("Assign only those privileges to API tokens that are necessary")
  void givesNothingByDefaultAndNothingBeyondItsOwner() {
    String members =
        "{\"principal\":\"axiom-ray\",\"api\":\"axiom\",\"kind\":\"api\",\"name\":\"n\"";

    assertThat(axiom.settings().post("/v1/tokens", members + "}").status()).isEqualTo(422);
    assertThat(
            axiom
                .settings()
                .post("/v1/tokens", members + ",\"scopes\":[\"org/users:delete\"]}")
                .response()
                .body())
        .contains("beyond the scopes of principal 'axiom-ray'");
  }

  @Test
  @DisplayName("Basic API tokens let you ingest data ... you select the datasets")
  void aBasicTokenIngestsIntoTheChosenDatasets() {
    Issued token = axiom.api("dataset/logs/ingest:create", "dataset/traces/ingest:create");

    axiom.isAllowed(INGEST_LOGS, token);
    axiom.isAllowed("POST /v1/datasets/traces/ingest", token);
    axiom.isRefused("SCOPE_INSUFFICIENT", "POST /v1/ingest/metrics", token);
    axiom.isRefused("SCOPE_INSUFFICIENT", QUERY_LOGS, token);
    axiom.isRefused("SCOPE_INSUFFICIENT", "GET /v2/monitors", token);
  }

  @Test
  @DisplayName("Advanced API tokens let you perform a wide range of actions ... beyond ingesting")
  void anAdvancedTokenDoesTheActionsThatWereSelected() {
    Issued token = axiom.api("dataset/*/query:read", "org/datasets:create", "org/monitors:update");

    axiom.isAllowed("POST /v1/query/_apl", token);
    axiom.isAllowed("POST /v2/datasets", token);
    axiom.isAllowed("PUT /v2/monitors/m1", token);
    axiom.isRefused("SCOPE_INSUFFICIENT", "DELETE /v2/monitors/m1", token);
  }

  @Test
  @DisplayName("After creating an API token, you cannot change the privileges assigned to it.")
  void privilegesAreFixed() {
    Issued token = axiom.api("dataset/logs/query:read");
    Asker.Answer answer =
        axiom
            .settings()
            .patch("/v1/tokens/" + token.id(), "{\"scopes\":[\"dataset/*/query:read\"]}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.response().body()).contains("scopes", "is fixed when the token is created");
    axiom.isRefused("SCOPE_INSUFFICIENT", "POST /v1/query/_apl", token);
  }

  @Test
  @DisplayName("Create basic API token: name, description, expiration date, dataset access")
  void createsATokenAndShowsItOnce() {
    Asker.Answer created =
        axiom
            .settings()
            .post(
                "/v1/tokens",
                """
                {"principal": "axiom-ada", "api": "axiom", "kind": "api", "name": "shipper",
                 "description": "ships logs", "expiresIn": "P30D",
                 "scopes": ["dataset/logs/ingest:create"]}
                """);
    String id = created.at("/token/id");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/secret")).startsWith("xaat-");
    Asker.Answer shown = axiom.settings().get("/v1/tokens/" + id);
    assertThat(shown.at("/name")).isEqualTo("shipper");
    assertThat(shown.at("/description")).isEqualTo("ships logs");
    assertThat(shown.at("/expiresAt"))
        .isEqualTo(bed.gateway().clock().instant().plus(Duration.ofDays(30)).toString());
    assertThat(shown.response().body()).doesNotContain(created.at("/secret"));
  }

  @Test
  @DisplayName("... an expiration date after which the token becomes invalid.")
  void aTokenEndsAndIsRegenerated() {
    Issued token =
        axiom.issue("api", "\"expiresIn\":\"PT1H\",\"scopes\":[\"dataset/logs/query:read\"]");
    bed.gateway().clock().advance(Duration.ofHours(1).minusMillis(1));
    axiom.isAllowed(QUERY_LOGS, token);
    bed.gateway().clock().advance(Duration.ofMillis(1));
    axiom.isRefused("TOKEN_EXPIRED", QUERY_LOGS, token);

    Asker.Answer endless = axiom.settings().post("/v1/tokens/" + token.id() + "/regenerate", "{}");
    assertThat(endless.status()).isEqualTo(422);
    assertThat(endless.response().body()).contains("expiresAt");
    Issued fresh = regenerate(token, "{\"expiresIn\":\"PT1H\"}");

    axiom.isAllowed(QUERY_LOGS, fresh);
    axiom.isRefused("SCOPE_INSUFFICIENT", INGEST_LOGS, fresh);
    axiom.isRefused("TOKEN_REVOKED", QUERY_LOGS, token);
  }

  @Test
  @DisplayName(
      "Update all the API requests where you use the API token with the regenerated token.")
  void theOldTokenWorksForAGraceThatIsAskedFor() {
    Issued token = axiom.api("dataset/logs/query:read");

    Issued fresh = regenerate(token, "{\"graceSeconds\":60}");

    axiom.isAllowed(QUERY_LOGS, fresh);
    axiom.isAllowed(QUERY_LOGS, token);
    bed.gateway().clock().advance(Duration.ofSeconds(60));
    axiom.isRefused("TOKEN_EXPIRED", QUERY_LOGS, token);
    axiom.isAllowed(QUERY_LOGS, fresh);
  }

  private Issued regenerate(Issued token, String body) {
    Asker.Answer answer = axiom.settings().post("/v1/tokens/" + token.id() + "/regenerate", body);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    Issued fresh = new Issued(answer.at("/token/id"), answer.at("/secret"));
    assertThat(fresh.id()).isNotEqualTo(token.id());
    assertThat(fresh.secret()).startsWith("xaat-").isNotEqualTo(token.secret());
    assertThat(axiom.settings().get("/v1/tokens/" + fresh.id()).response().body())
        .doesNotContain(fresh.secret());
    return fresh;
  }
}
