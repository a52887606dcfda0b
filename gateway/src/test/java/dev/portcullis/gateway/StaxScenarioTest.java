package dev.portcullis.gateway;

import static dev.portcullis.gateway.StaxKit.WORKLOADS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Stax's document on API Tokens, sentence by sentence, before {@code policies/stax.yaml}.
 *
 * <p>The Stax Console is the control plane here, the Activity Feed its audit trail. Short-lived
 * credentials are bearer tokens (RFC 6749, section 4.4), not AWS keys, so the Stax SDK for Python
 * is not served; Stax Events is not sent to. Where keys are stored and how old they get: {@link
 * StaxKeysScenarioTest}.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaxScenarioTest {
  private final TestBed bed;
  private final StaxKit stax;

  StaxScenarioTest(TestBed bed) {
    this.bed = bed;
    this.stax = new StaxKit(bed, "stax-ada");
  }

  @Test
  @DisplayName("API Tokens comprise of an Access Key and a Secret Key.")
  void anApiTokenIsTwoKeysThatAreExchanged() {
    OAuthClient token = stax.apiToken("api_readonly");

    assertThat(token.id()).isNotEmpty().isNotEqualTo(token.secret());
    assertThat(stax.reason(WORKLOADS, token.session())).isEqualTo(Case.ALLOWED);
  }

  @ParameterizedTest(name = "The role permissions: {0}")
  @CsvSource({
    "GET /20190206/api-tokens,                true, true,  true,  true",
    "POST /20190206/api-tokens,               true, false, false, false",
    "PUT /20190206/api-tokens/k,              true, false, false, false",
    "DELETE /20190206/api-tokens/k,           true, false, false, false",
    "GET /20190206/users,                     true, true,  true,  true",
    "POST /20190206/users,                    true, false, false, false",
    "POST /20190206/groups,                   true, false, false, false",
    "GET /20190206/accounts/a,                true, true,  true,  true",
    "POST /20190206/accounts,                 true, true,  false, false",
    "DELETE /20190206/account-types/t,        true, true,  false, false",
    "POST /20190206/networking/hubs,          true, true,  false, false",
    "GET /20190206/networking/hubs/h,         true, true,  true,  true",
    "GET /20190206/workloads,                 true, true,  true,  true",
    "POST /20190206/workloads,                true, true,  true,  false",
    "PUT /20190206/workloads/w,               true, true,  true,  false",
    "POST /20190206/workload-update,          true, false, false, false",
    "GET /20190206/workload-catalogue/c,      true, true,  true,  true",
    "POST /20190206/workload-catalogue,       true, false, false, false",
  })
  void rolesOpenWhatTheyAreFor(
      String line, boolean admin, boolean operations, boolean user, boolean readOnly) {
    assertThat(opens(line, "api_admin")).isEqualTo(admin);
    assertThat(opens(line, "api_operations")).isEqualTo(operations);
    assertThat(opens(line, "api_user")).isEqualTo(user);
    assertThat(opens(line, "api_readonly")).isEqualTo(readOnly);
  }

  private boolean opens(String line, String role) {
    String reason = stax.reason(line, stax.apiToken(role).session());
    assertThat(reason).isIn(Case.ALLOWED, "SCOPE_INSUFFICIENT");
    return reason.equals(Case.ALLOWED);
  }

  @Test
  @DisplayName("Activities performed using API Tokens will appear within the Activity Feed")
  void activitiesAppearInTheFeed() {
    OAuthClient token = stax.apiToken("api_readonly");
    bed.ask(WORKLOADS + "?name=secret-name", token.session().bearer());

    String feed = "/v1/audit?action=request&token=" + token.id();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(stax.console().get(feed).response().body())
                    .contains("GET /20190206/workloads -> 200", "\"stax-ada\"")
                    .doesNotContain("secret-name"));
  }

  @Test
  @DisplayName("The Stax API expects short-lived credentials to be provided to it.")
  void aSessionIsShortLivedAndTheKeysThemselvesAreNoCredentials() {
    OAuthClient token = stax.apiToken("api_readonly");
    Issued session = token.session();

    assertThat(stax.reason(WORKLOADS, token.key())).isEqualTo("TOKEN_UNKNOWN");
    bed.gateway().clock().advance(Duration.ofMinutes(60).minusMillis(1));
    assertThat(stax.reason(WORKLOADS, session)).isEqualTo(Case.ALLOWED);
    bed.gateway().clock().advance(Duration.ofMillis(1));
    assertThat(stax.reason(WORKLOADS, session)).isEqualTo("TOKEN_EXPIRED");
    assertThat(stax.reason(WORKLOADS, token.session())).isEqualTo(Case.ALLOWED);
  }

  @Test
  @DisplayName("... you'll need to use an API token to retrieve short-term credentials.")
  void theExchangeGivesWhatTheTokenMayOrLess() {
    OAuthClient token = stax.withScopes("role:api_user", "workloads:ReadWorkloads");

    Answer less = token.exchange("&scope=workloads:ReadWorkloads");
    JsonNode answer = OAuthClient.json(less);
    assertThat(answer.at("/token_type").asString()).isEqualTo("Bearer");
    assertThat(answer.at("/expires_in").asInt()).isEqualTo(3600);
    assertThat(less.response().field("Cache-Control")).hasValue("no-store");
    Issued session = new Issued("", answer.at("/access_token").asString());
    assertThat(stax.reason(WORKLOADS, session)).isEqualTo(Case.ALLOWED);
    assertThat(stax.reason("POST /20190206/workloads", session)).isEqualTo("SCOPE_INSUFFICIENT");
    assertThat(OAuthClient.error(token.exchange("&scope=teams:CreateUser")))
        .isEqualTo("invalid_scope");

    Answer wrong = token.saying(token.secret() + "x").exchange();
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(OAuthClient.error(wrong)).isEqualTo("invalid_client");
    String byForm = "grant_type=client_credentials&" + token.form();
    assertThat(OAuthClient.ask(bed, "token", byForm).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("(a session ends with the API token that it was made of)")
  void aSessionDiesWithItsApiToken() {
    OAuthClient token = stax.apiToken("api_readonly");
    Issued session = token.session();
    assertThat(stax.reason(WORKLOADS, session)).isEqualTo(Case.ALLOWED);

    stax.console().delete("/v1/tokens/" + token.id());

    await()
        .atMost(Duration.ofSeconds(1))
        .until(() -> stax.reason(WORKLOADS, session).equals("TOKEN_REVOKED"));
    assertThat(OAuthClient.error(token.exchange())).isEqualTo("invalid_client");
  }

  @Test
  @DisplayName("(refusals are those of the Stax API)")
  void refusesWithErrorAndCause() {
    Answer answer =
        bed.ask("POST /20190206/workloads", stax.apiToken("api_readonly").session().bearer());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.response().body())
        .isEqualTo(
            "{\"Error\": \"Forbidden\", \"Cause\": \"the role of this API token does not allow"
                + " workloads:CreateWorkload\"}");
    Answer none = bed.ask(WORKLOADS);
    assertThat(none.status()).isEqualTo(401);
    assertThat(OAuthClient.json(none).propertyNames()).containsExactlyInAnyOrder("Error", "Cause");
  }

  @Test
  @DisplayName("(description and tags of an API token can be changed, its name and role cannot)")
  void keepsItsNameAndItsRole() {
    String path = "/v1/tokens/" + stax.apiToken("api_readonly").id();

    Asker.Answer changed = stax.console().patch(path, "{\"description\":\"for reports\"}");
    assertThat(changed.at("/description")).isEqualTo("for reports");
    Asker.Answer renamed = stax.console().patch(path, "{\"name\":\"other\"}");
    assertThat(renamed.status()).isEqualTo(422);
    assertThat(renamed.response().body())
        .contains("of tokens of API 'stax' only description and tags can be changed");
    assertThat(stax.console().patch(path, "{\"scopes\":[\"role:api_admin\"]}").status())
        .isEqualTo(422);
    assertThat(stax.console().get(path).at("/name")).isEqualTo("n");
  }
}
