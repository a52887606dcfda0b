package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Axiom's document on tokens, sentence by sentence, before {@code policies/axiom.yaml}; its table
 * of capabilities is {@link AxiomRoutesTest}, what its clients read {@link AxiomAnswersTest}.
 *
 * <p>The clicks under Settings are calls of the control plane here. No program can make true: keep
 * tokens confidential; when possible, avoid using PATs; copy the API token and store it securely;
 * update all the API requests where you use it. Where a query names its datasets in its body, the
 * gateway cannot tell which: such a query takes a token for any dataset.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AxiomScenarioTest {
  private static final String INGEST_LOGS = "POST /v1/ingest/logs";
  private static final String QUERY_LOGS = "POST /v1/datasets/logs/query";
  private static final String ORGANIZATION = "X-Axiom-Org-Id: acme";

  private final TestBed bed;

  AxiomScenarioTest(TestBed bed) {
    this.bed = bed;
    bed.user("axiom-ada", "\"organization\":\"acme\",\"scopes\":[\"role:owner\"]");
    bed.user(
        "axiom-ray",
        "\"organization\":\"acme\",\"scopes\":[\"dataset/*:*\",\"org/datasets:read\"]");
  }

  private Asker settings() {
    return bed.gateway().operator();
  }

  private Issued api(String... scopes) {
    return issue("api", "\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]");
  }

  private Issued issue(String kind, String more) {
    return bed.issue(
        "axiom-ada",
        "\"api\":\"axiom\",\"kind\":\"" + kind + "\"" + (more.isEmpty() ? "" : "," + more));
  }

  private Issued personal() {
    return issue("personal", "");
  }

  private void isAllowed(String line, Issued token, String... fields) {
    assertThat(ask(line, token, fields).reason()).as(line).isEqualTo(Case.ALLOWED);
  }

  private void isRefused(String reason, String line, Issued token, String... fields) {
    Answer answer = ask(line, token, fields);
    assertThat(answer.reason()).as(line).isEqualTo(reason);
    assertThat(answer.passed()).isEmpty();
  }

  private Answer ask(String line, Issued token, String... fields) {
    String[] all = Arrays.copyOf(fields, fields.length + 1);
    all[fields.length] = token.bearer();
    return bed.ask(line, all);
  }

  @Test
  @DisplayName("... ingest data ... you can add new users and change existing monitors")
  void opensIngestAndTheOrganizationsSettings() {
    Issued token = api("dataset/logs/ingest:create", "org/users:create", "org/monitors:update");

    isAllowed(INGEST_LOGS, token);
    isAllowed("POST /v2/users", token);
    isAllowed("PUT /v2/monitors/m1", token);
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
    Issued token = api("dataset/logs/query:read");

    assertThat(token.secret()).startsWith("xaat-");
    isAllowed(QUERY_LOGS, token);
    isRefused("SCOPE_INSUFFICIENT", "POST /v1/datasets/traces/query", token);
    isRefused("SCOPE_INSUFFICIENT", "POST /v1/query/_apl", token);
    isRefused("SCOPE_INSUFFICIENT", INGEST_LOGS, token);
  }

  @Test
  @DisplayName("Personal access tokens (PATs) provide full control over your Axiom account.")
  void aPersonalTokenDoesAllThatItsUserMay() {
    Issued token = personal();
    Issued other = bed.issue("axiom-ray", "\"api\":\"axiom\",\"kind\":\"personal\"");

    assertThat(token.secret()).startsWith("xapt-");
    isAllowed("DELETE /v2/users/u1", token, ORGANIZATION);
    isAllowed(INGEST_LOGS, token, ORGANIZATION);
    isAllowed("GET /v2/datasets/logs/fields", other, ORGANIZATION);
    isRefused("SCOPE_INSUFFICIENT", "DELETE /v2/users/u1", other, ORGANIZATION);
  }

  @Test
  @DisplayName("Assign only those privileges to API tokens that are necessary")
  void givesNothingByDefaultAndNothingBeyondItsOwner() {
    String members =
        "{\"principal\":\"axiom-ray\",\"api\":\"axiom\",\"kind\":\"api\",\"name\":\"n\"";

    assertThat(settings().post("/v1/tokens", members + "}").status()).isEqualTo(422);
    assertThat(
            settings()
                .post("/v1/tokens", members + ",\"scopes\":[\"org/users:delete\"]}")
                .response()
                .body())
        .contains("beyond the scopes of principal 'axiom-ray'");
  }

  @Test
  @DisplayName("Basic API tokens let you ingest data ... you select the datasets")
  void aBasicTokenIngestsIntoTheChosenDatasets() {
    Issued token = api("dataset/logs/ingest:create", "dataset/traces/ingest:create");

    isAllowed(INGEST_LOGS, token);
    isAllowed("POST /v1/datasets/traces/ingest", token);
    isRefused("SCOPE_INSUFFICIENT", "POST /v1/ingest/metrics", token);
    isRefused("SCOPE_INSUFFICIENT", QUERY_LOGS, token);
    isRefused("SCOPE_INSUFFICIENT", "GET /v2/monitors", token);
  }

  @Test
  @DisplayName("Advanced API tokens let you perform a wide range of actions ... beyond ingesting")
  void anAdvancedTokenDoesTheActionsThatWereSelected() {
    Issued token = api("dataset/*/query:read", "org/datasets:create", "org/monitors:update");

    isAllowed("POST /v1/query/_apl", token);
    isAllowed("POST /v2/datasets", token);
    isAllowed("PUT /v2/monitors/m1", token);
    isRefused("SCOPE_INSUFFICIENT", "DELETE /v2/monitors/m1", token);
  }

  @Test
  @DisplayName("After creating an API token, you cannot change the privileges assigned to it.")
  void privilegesAreFixed() {
    Issued token = api("dataset/logs/query:read");
    Asker.Answer answer =
        settings().patch("/v1/tokens/" + token.id(), "{\"scopes\":[\"dataset/*/query:read\"]}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.response().body()).contains("scopes", "is fixed when the token is created");
    isRefused("SCOPE_INSUFFICIENT", "POST /v1/query/_apl", token);
  }

  @Test
  @DisplayName("Create basic API token: name, description, expiration date, dataset access")
  void createsATokenAndShowsItOnce() {
    Asker.Answer created =
        settings()
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
    Asker.Answer shown = settings().get("/v1/tokens/" + id);
    assertThat(shown.at("/name")).isEqualTo("shipper");
    assertThat(shown.at("/description")).isEqualTo("ships logs");
    assertThat(shown.at("/expiresAt"))
        .isEqualTo(bed.gateway().clock().instant().plus(Duration.ofDays(30)).toString());
    assertThat(shown.response().body()).doesNotContain(created.at("/secret"));
  }

  @Test
  @DisplayName("... an expiration date after which the token becomes invalid.")
  void aTokenEndsAndIsRegenerated() {
    Issued token = issue("api", "\"expiresIn\":\"PT1H\",\"scopes\":[\"dataset/logs/query:read\"]");
    bed.gateway().clock().advance(Duration.ofHours(1).minusMillis(1));
    isAllowed(QUERY_LOGS, token);
    bed.gateway().clock().advance(Duration.ofMillis(1));
    isRefused("TOKEN_EXPIRED", QUERY_LOGS, token);

    Issued fresh = regenerate(token, "{\"expiresIn\":\"PT1H\"}");

    isAllowed(QUERY_LOGS, fresh);
    isRefused("SCOPE_INSUFFICIENT", INGEST_LOGS, fresh);
    isRefused("TOKEN_REVOKED", QUERY_LOGS, token);
  }

  @Test
  @DisplayName(
      "Update all the API requests where you use the API token with the regenerated token.")
  void theOldTokenWorksForAGraceThatIsAskedFor() {
    Issued token = api("dataset/logs/query:read");

    Issued fresh = regenerate(token, "{\"graceSeconds\":60}");

    isAllowed(QUERY_LOGS, fresh);
    isAllowed(QUERY_LOGS, token);
    bed.gateway().clock().advance(Duration.ofSeconds(60));
    isRefused("TOKEN_EXPIRED", QUERY_LOGS, token);
    isAllowed(QUERY_LOGS, fresh);
  }

  private Issued regenerate(Issued token, String body) {
    Asker.Answer answer = settings().post("/v1/tokens/" + token.id() + "/regenerate", body);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    Issued fresh = new Issued(answer.at("/token/id"), answer.at("/secret"));
    assertThat(fresh.id()).isNotEqualTo(token.id());
    assertThat(fresh.secret()).startsWith("xaat-").isNotEqualTo(token.secret());
    assertThat(settings().get("/v1/tokens/" + fresh.id()).response().body())
        .doesNotContain(fresh.secret());
    return fresh;
  }

  @Test
  @DisplayName("To the right, click Delete icon Delete.")
  void aDeletedTokenIsNoToken() {
    for (Issued token : List.of(api("dataset/logs/query:read"), personal())) {
      isAllowed(QUERY_LOGS, token, ORGANIZATION);
      assertThat(settings().delete("/v1/tokens/" + token.id()).status()).isEqualTo(200);
      isRefused("TOKEN_REVOKED", QUERY_LOGS, token, ORGANIZATION);
    }
  }

  @Test
  @DisplayName("To authenticate an API request with a PAT, include the Org ID in the requests.")
  void aPersonalTokenNamesItsOrganization() {
    Issued token = personal();

    isAllowed(QUERY_LOGS, token, ORGANIZATION);
    isRefused("ORGANIZATION_MISMATCH", QUERY_LOGS, token);
    isRefused("ORGANIZATION_MISMATCH", QUERY_LOGS, token, "X-Axiom-Org-Id: other");
    Issued api = api("dataset/logs/query:read");
    isAllowed(QUERY_LOGS, api);
    isRefused("ORGANIZATION_MISMATCH", QUERY_LOGS, api, "X-Axiom-Org-Id: other");
  }

  @Test
  @DisplayName("Create PAT: name the PAT, optionally give a description")
  void createsAPersonalTokenWithoutPrivilegesOfItsOwn() {
    String members =
        "{\"principal\":\"axiom-ada\",\"api\":\"axiom\",\"kind\":\"personal\",\"name\":\"mine\"";

    assertThat(settings().post("/v1/tokens", members + ",\"scopes\":[\"*:read\"]}").status())
        .isEqualTo(422);
    Asker.Answer created = settings().post("/v1/tokens", members + ",\"description\":\"for me\"}");
    assertThat(created.at("/secret")).startsWith("xapt-");
    assertThat(settings().get("/v1/tokens/" + created.at("/token/id")).response().body())
        .contains("for me")
        .doesNotContain(created.at("/secret"));
  }
}
