package dev.portcullis.gateway;

import static dev.portcullis.gateway.StaxKit.WORKLOADS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * How API Tokens are stored and rotated, by Stax's document, before {@code policies/stax.yaml}.
 *
 * <p>Systems Manager Parameter Store and AWS's KMS keys are the setting {@code
 * portcullis.parameters.store: aws}, tested in {@code aws}; here it is the built-in store.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaxKeysScenarioTest {
  private static final String READ_BILLING = "portcullis/parameters/apps/billing:read";

  private final TestBed bed;
  private final StaxKit stax;

  StaxKeysScenarioTest(TestBed bed) {
    this.bed = bed;
    this.stax = new StaxKit(bed, "stax-kay");
    bed.user("stax-app", application("stax-org"));
    bed.user("stax-foreign", application("other-org"));
  }

  private static String application(String organization) {
    return "\"organization\":\"%s\",\"scopes\":[\"%s\"]".formatted(organization, READ_BILLING);
  }

  private static String storage(String name, String key) {
    return "\"storage\":{\"name\":\"%s\",\"key\":\"%s\"}".formatted(name, key);
  }

  @Test
  @DisplayName("Stax will encrypt and store ... can later be retrieved programmatically")
  void managedStorageKeepsTheKeysForTheApplication() {
    Asker.Answer created = stax.create(storage("/apps/billing", "stax-api-tokens"));
    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    assertThat(created.response().body()).doesNotContain("secretKey");
    assertThat(created.at("/storedAs")).contains("/apps/billing");

    String fetch = "GET /.portcullis/parameters/apps/billing";
    JsonNode keys = OAuthClient.json(bed.ask(fetch, bed.token("stax-app", READ_BILLING).bearer()));
    OAuthClient token =
        new OAuthClient(bed, keys.at("/accessKey").asString(), keys.at("/secretKey").asString());
    assertThat(stax.reason(WORKLOADS, token.session())).isEqualTo(Case.ALLOWED);
    isNotInRedis(token);
    Issued foreign = bed.token("stax-foreign", READ_BILLING);
    assertThat(bed.ask(fetch, foreign.bearer()).status()).isEqualTo(404);
    Answer other =
        bed.ask(
            "GET /.portcullis/parameters/apps/other", bed.token("stax-app", READ_BILLING).bearer());
    assertThat(other.status()).isEqualTo(403);
  }

  private void isNotInRedis(OAuthClient token) {
    String all = bed.redis().content();
    assertThat(all.contains(token.id())).as("the access key is there").isTrue();
    assertThat(all.contains(token.secret())).as("the secret key is there").isFalse();
  }

  @ParameterizedTest(name = "Optionally, you can use your own KMS key for this: {0}")
  @ValueSource(strings = {"stax-api-tokens", "my-own"})
  void isEncryptedUnderTheKeyThatWasChosen(String key) {
    String name = "/apps/under-" + key;
    assertThat(stax.create(storage(name, key)).status()).isEqualTo(201);

    String parameter = "{portcullis}:parameter:stax-org" + name;
    assertThat(bed.redis().run("HGET", parameter, "key")).isEqualTo(key);
  }

  @Test
  @DisplayName("(where there is no such key, nothing is made and nothing is stored)")
  void aKeyThatIsNotThereStoresNothing() {
    Asker.Answer refused = stax.create(storage("/apps/none", "nobodys"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.response().body()).contains("storage.key");
    assertThat(stax.create(storage("/apps/none", "stax-api-tokens")).status())
        .as("the name was not taken")
        .isEqualTo(201);
  }

  @Test
  @DisplayName("After the secret key is displayed once, it is unable to be retrieved again.")
  void selfManagedStorageShowsTheSecretKeyOnce() {
    OAuthClient token = stax.apiToken("api_readonly");
    stax.console().patch("/v1/tokens/" + token.id(), "{\"description\":\"d\"}");
    token.session();

    for (String path :
        new String[] {
          "/v1/tokens/" + token.id(),
          "/v1/tokens?limit=200&principal=stax-kay",
          "/v1/audit?token=" + token.id(),
        }) {
      assertThat(stax.console().get(path).response().body())
          .as(path)
          .contains(token.id())
          .doesNotContain(token.secret());
    }
    isNotInRedis(token);
  }

  @Test
  @DisplayName("... will indicate when an API Token's age is greater than 90 days.")
  void flagsATokenThatIsOlderThanNinetyDays() {
    OAuthClient token = stax.apiToken("api_readonly");
    String path = "/v1/tokens/" + token.id();

    bed.gateway().clock().advance(Duration.ofDays(90));
    assertThat(stax.console().get(path).json().get("ageFlag").asBoolean()).isFalse();
    bed.gateway().clock().advance(Duration.ofMillis(1));
    assertThat(stax.console().get(path).json().get("ageFlag").asBoolean()).isTrue();
    assertThat(stax.console().get("/v1/tokens?principal=stax-kay&olderThan=P90D").ids())
        .contains(token.id());
    assertThat(stax.reason(WORKLOADS, token.session()))
        .as("it still works")
        .isEqualTo(Case.ALLOWED);
  }
}
