package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stax's document on API Tokens, sentence by sentence, before {@code policies/stax.yaml}.
 *
 * <p>The Stax Console is the control plane here, the Activity Feed its audit trail. Short-lived
 * credentials are bearer tokens (RFC 6749, section 4.4), not AWS keys, so the Stax SDK for Python
 * is not served; Stax Events is not sent to. AWS's own Parameter Store and KMS keys are the setting
 * {@code portcullis.parameters.store: aws}, tested in {@code aws}; here it is the built-in store.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaxScenarioTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String WORKLOADS = "GET /20190206/workloads";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  private final TestBed bed;

  StaxScenarioTest(TestBed bed) {
    this.bed = bed;
    bed.user("stax-ada", "\"organization\":\"stax-org\",\"scopes\":[\"role:api_admin\",\"*:*\"]");
    bed.user(
        "stax-app",
        "\"organization\":\"stax-org\",\"scopes\":[\"portcullis/parameters/apps/billing:read\"]");
    bed.user(
        "stax-foreign",
        "\"organization\":\"other-org\",\"scopes\":[\"portcullis/parameters/apps/billing:read\"]");
  }

  private Asker console() {
    return bed.gateway().operator();
  }

  /** An API token: an access key, which is its id, and a secret key. */
  private Issued apiToken(String more) {
    Asker.Answer answer = create(more);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return new Issued(answer.at("/accessKey"), answer.at("/secretKey"));
  }

  private Asker.Answer create(String more) {
    return console()
        .post(
            "/v1/tokens",
            "{\"principal\":\"stax-ada\",\"api\":\"stax\",\"kind\":\"access-key\",\"name\":\"n\",%s}"
                .formatted(more));
  }

  private static String role(String name) {
    return "\"scopes\":[\"role:" + name + "\"]";
  }

  private Answer exchange(Issued token, String more) {
    String basic =
        Base64.getEncoder().encodeToString((token.id() + ":" + token.secret()).getBytes(UTF_8));
    return form(
        "POST /.portcullis/oauth2/token",
        "grant_type=client_credentials" + more,
        "Authorization: Basic " + basic);
  }

  private Answer form(String line, String body, String... fields) {
    String[] all = Arrays.copyOf(fields, fields.length + 2);
    all[fields.length] = FORM;
    all[fields.length + 1] = "Content-Length: " + body.length();
    return bed.send(TestBed.request(line, all) + body);
  }

  /** The short-lived credentials that the API expects. */
  private Issued session(Issued token) {
    JsonNode answer = JSON.readTree(exchange(token, "").response().body());
    return new Issued(token.id(), answer.at("/access_token").asString());
  }

  private String reason(String line, Issued session) {
    return bed.ask(line, session.bearer()).reason();
  }

  @Test
  @DisplayName("API Tokens comprise of an Access Key and a Secret Key.")
  void anApiTokenIsTwoKeysThatAreExchanged() {
    Issued token = apiToken(role("api_readonly"));

    assertThat(token.id()).isNotEmpty().isNotEqualTo(token.secret());
    assertThat(reason(WORKLOADS, session(token))).isEqualTo(Case.ALLOWED);
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
    String reason = reason(line, session(apiToken(role(role))));
    assertThat(reason).isIn(Case.ALLOWED, "SCOPE_INSUFFICIENT");
    return reason.equals(Case.ALLOWED);
  }

  @Test
  @DisplayName("Activities performed using API Tokens will appear within the Activity Feed")
  void activitiesAppearInTheFeed() {
    Issued token = apiToken(role("api_readonly"));
    bed.ask(WORKLOADS + "?name=secret-name", session(token).bearer());

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(
                        console()
                            .get("/v1/audit?principal=stax-ada&action=request")
                            .response()
                            .body())
                    .contains("GET /20190206/workloads -> 200")
                    .doesNotContain("secret-name"));
  }

  @Test
  @DisplayName("Stax will encrypt and store ... can later be retrieved programmatically")
  void managedStorageKeepsTheKeysForTheApplication() {
    Asker.Answer created =
        create(
            role("api_readonly")
                + ",\"storage\":{\"name\":\"/apps/billing\",\"key\":\"stax-api-tokens\"}");
    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    assertThat(created.response().body()).doesNotContain("secretKey");
    assertThat(created.json().findValue("storedAs").toString()).contains("/apps/billing");

    String fetch = "GET /.portcullis/parameters/apps/billing";
    Answer fetched = bed.ask(fetch, application("stax-app").bearer());
    JsonNode keys = JSON.readTree(fetched.response().body());
    Issued token = new Issued(keys.at("/accessKey").asString(), keys.at("/secretKey").asString());
    assertThat(reason(WORKLOADS, session(token))).isEqualTo(Case.ALLOWED);
    for (String key : bed.redis().run("KEYS", "*").lines().toList()) {
      assertThat(bed.redis().run("DUMP", key)).as(key).doesNotContain(token.secret());
    }
    assertThat(bed.ask(fetch, application("stax-foreign").bearer()).status()).isEqualTo(404);
    assertThat(bed.ask("GET /.portcullis/parameters/apps/other", application("stax-app").bearer()))
        .extracting(Answer::status)
        .isEqualTo(403);
  }

  private Issued application(String principal) {
    return bed.token(principal, "portcullis/parameters/apps/billing:read");
  }

  @Test
  @DisplayName("Optionally, you can use your own KMS key")
  void aKeyThatIsNotThereStoresNothing() {
    Asker.Answer refused =
        create(role("api_readonly") + ",\"storage\":{\"name\":\"/apps/none\",\"key\":\"nobodys\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.response().body()).contains("storage.key");
    assertThat(
            create(
                    role("api_readonly")
                        + ",\"storage\":{\"name\":\"/apps/none\",\"key\":\"stax-api-tokens\"}")
                .status())
        .as("the name was not taken")
        .isEqualTo(201);
  }

  @Test
  @DisplayName("After the secret key is displayed once, it is unable to be retrieved again.")
  void selfManagedStorageShowsTheSecretKeyOnce() {
    Issued token = apiToken(role("api_readonly"));

    assertThat(console().get("/v1/tokens/" + token.id()).response().body())
        .contains(token.id())
        .doesNotContain(token.secret());
  }

  @Test
  @DisplayName("... will indicate when an API Token's age is greater than 90 days.")
  void flagsATokenThatIsOlderThanNinetyDays() {
    Issued token = apiToken(role("api_readonly"));
    bed.gateway().clock().advance(Duration.ofDays(90));
    assertThat(console().get("/v1/tokens/" + token.id()).json().get("ageFlag").asBoolean())
        .isFalse();
    bed.gateway().clock().advance(Duration.ofMillis(1));
    assertThat(console().get("/v1/tokens/" + token.id()).json().get("ageFlag").asBoolean())
        .isTrue();
    assertThat(console().get("/v1/tokens?principal=stax-ada&olderThan=P90D").ids())
        .contains(token.id());
    assertThat(reason(WORKLOADS, session(token))).as("it still works").isEqualTo(Case.ALLOWED);
  }

  @Test
  @DisplayName("The Stax API expects short-lived credentials to be provided to it.")
  void aSessionIsShortLivedAndTheKeysThemselvesAreNoCredentials() {
    Issued token = apiToken(role("api_readonly"));
    Issued session = session(token);

    assertThat(reason(WORKLOADS, token)).isEqualTo("TOKEN_UNKNOWN");
    bed.gateway().clock().advance(Duration.ofMinutes(60).minusMillis(1));
    assertThat(reason(WORKLOADS, session)).isEqualTo(Case.ALLOWED);
    bed.gateway().clock().advance(Duration.ofMillis(1));
    assertThat(reason(WORKLOADS, session)).isEqualTo("TOKEN_EXPIRED");
    assertThat(reason(WORKLOADS, session(token))).isEqualTo(Case.ALLOWED);
  }

  @Test
  @DisplayName("... you'll need to use an API token to retrieve short-term credentials.")
  void theExchangeGivesWhatTheTokenMayOrLess() {
    Issued token = apiToken("\"scopes\":[\"role:api_user\",\"workloads:ReadWorkloads\"]");

    Answer less = exchange(token, "&scope=workloads:ReadWorkloads");
    JsonNode answer = JSON.readTree(less.response().body());
    assertThat(answer.at("/token_type").asString()).isEqualTo("Bearer");
    assertThat(answer.at("/expires_in").asInt()).isEqualTo(3600);
    assertThat(less.response().field("Cache-Control")).hasValue("no-store");
    Issued session = new Issued("", answer.at("/access_token").asString());
    assertThat(reason(WORKLOADS, session)).isEqualTo(Case.ALLOWED);
    assertThat(reason("POST /20190206/workloads", session)).isEqualTo("SCOPE_INSUFFICIENT");
    assertThat(exchange(token, "&scope=teams:CreateUser").response().body())
        .contains("invalid_scope");

    Answer wrong = exchange(new Issued(token.id(), token.secret() + "x"), "");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.response().body()).contains("invalid_client");
    Answer byForm =
        form(
            "POST /.portcullis/oauth2/token",
            "grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(token.id(), token.secret()));
    assertThat(byForm.status()).isEqualTo(200);
  }

  @Test
  @DisplayName("(a session ends with the API token that it was made of)")
  void aSessionDiesWithItsApiToken() {
    Issued token = apiToken(role("api_readonly"));
    Issued session = session(token);
    assertThat(reason(WORKLOADS, session)).isEqualTo(Case.ALLOWED);

    console().delete("/v1/tokens/" + token.id());

    await()
        .atMost(Duration.ofSeconds(1))
        .until(() -> reason(WORKLOADS, session).equals("TOKEN_REVOKED"));
    assertThat(exchange(token, "").response().body()).contains("invalid_client");
  }

  @Test
  @DisplayName("(refusals are those of the Stax API)")
  void refusesWithErrorAndCause() {
    Answer answer =
        bed.ask("POST /20190206/workloads", session(apiToken(role("api_readonly"))).bearer());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.response().body())
        .isEqualTo(
            "{\"Error\": \"Forbidden\", \"Cause\": \"the role of this API token does not allow"
                + " workloads:CreateWorkload\"}");
    Answer none = bed.ask(WORKLOADS);
    assertThat(none.status()).isEqualTo(401);
    assertThat(JSON.readTree(none.response().body()).propertyNames())
        .containsExactlyInAnyOrder("Error", "Cause");
  }
}
