package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.ParameterReader.Found;
import dev.portcullis.gateway.registry.ParameterStore;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access keys whose secret is put in a parameter store instead of being shown. */
public abstract class ManagedStorageContract extends ControlPlaneKit {
  private static final String SECRET = "pcsk_[0-9A-Za-z]{38}";

  private String owner = "";
  private String name = "";

  @BeforeEach
  void makeRoom() {
    owner = principal("acme");
    name = "/apps/" + owner;
    parameters().answer = Optional::empty;
    parameters().behind = () -> {};
    parameters().stuck = false;
  }

  private String body(String kind, String storage) {
    return """
    {"principal": "%s", "kind": "%s", "name": "n", "scopes": ["dataset/logs:read"], "storage": %s}
    """
        .formatted(owner, kind, storage);
  }

  private String storage() {
    return "{\"name\": \"" + name + "\", \"key\": \"alias/my-key\"}";
  }

  private Asker.Answer create() {
    return operator.post("/v1/tokens", body("access-key", storage()));
  }

  private Found stored() {
    return Objects.requireNonNull(parameters().all().get("acme" + name));
  }

  private void assertNothingMade() {
    assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).isEmpty();
    assertThat(parameters().all()).doesNotContainKey("acme" + name);
  }

  @Test
  void tellsWhereTheSecretIsAndShowsItNowhere() {
    Asker.Answer created = create();
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().propertyNames()).containsExactly("token", "accessKey", "storedAs");
    assertThat(created.at("/storedAs")).isEqualTo(name);
    assertThat(created.at("/token/storedAs")).isEqualTo(name);
    assertThat(stored().value().reveal())
        .matches(
            "\\{\"accessKey\":\""
                + created.at("/accessKey")
                + "\",\"secretKey\":\""
                + SECRET
                + "\"}");
    String secret = stored().value().reveal().replaceFirst(".*(" + SECRET + ").*", "$1");
    assertFound(secret);
    String entry = audit("token=" + idOf(created)).toString();
    assertThat(entry).contains(name).doesNotContain(secret, "pcsk_");
    assertThat(created.response().body()).doesNotContain("pcsk_");
    assertThat(operator.get("/v1/tokens/" + idOf(created)).at("/storedAs")).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:eu-central-1:111122223333:alias/my-key",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
        "alias/my-key",
      })
  void asksForTheKeyInAnyFormThatAwsHas(String key) {
    String storage = "{\"name\": \"" + name + "\", \"key\": \"" + key + "\"}";
    assertThat(operator.post("/v1/tokens", body("access-key", storage)).status()).isEqualTo(201);
    assertThat(parameters().key).contains(key);
  }

  @Test
  void deletesTheParameterWithTheToken() {
    Asker.Answer created = create();
    assertThat(operator.delete("/v1/tokens/" + idOf(created)).status()).isEqualTo(200);
    assertThat(parameters().all()).doesNotContainKey("acme" + name);
  }

  @Test
  void answersARepeatWithoutTheSecretToo() {
    Asker once = operator.adding("Idempotency-Key", "managed-" + owner);
    Asker.Answer first = once.post("/v1/tokens", body("access-key", storage()));
    Asker.Answer again = once.post("/v1/tokens", body("access-key", storage()));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).hasSize(1);
  }

  @Test
  void refusesANameThatIsTakenAndChangesNothing() {
    Asker.Answer first = create();
    create().isRefusal(409, "storage.name");
    assertThat(stored().parameter().token()).isEqualTo(idOf(first));
    assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"storage.key, InvalidKeyId", "storage, AccessDeniedException"})
  void saysWhichFieldTheStoreRefusesAndWithWhichCode(String field, String code) {
    parameters().answer =
        () -> Optional.of(new ParameterStore.Refused(field, "AWS answered " + code));
    Asker.Answer refused = create();
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.fields()).containsExactly(field);
    assertThat(refused.at("/errors/0/detail")).isEqualTo("AWS answered " + code);
    assertNothingMade();
  }

  @Test
  void saysThatTheStoreIsGone() {
    parameters().answer = () -> Optional.of(new ParameterStore.Failed("no connection to AWS"));
    Asker.Answer refused = create();
    refused.isRefusal(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.at("/detail")).isEqualTo("nothing was made: no connection to AWS");
    assertNothingMade();
  }

  @Test
  void triesAgainUnderTheSameNameWhereTheOwnerChangedMeanwhile() {
    int[] times = {0};
    parameters().behind =
        () -> {
          if (times[0]++ < 2) {
            operator.patch(
                "/v1/principals/" + owner, "{\"email\": \"a" + times[0] + "@example.org\"}");
          }
        };
    Asker.Answer created = create();
    assertThat(created.status()).isEqualTo(201);
    assertThat(times[0]).isEqualTo(3);
    assertThat(stored().parameter().token()).isEqualTo(idOf(created));
    assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).hasSize(1);
  }

  @Test
  void leavesNothingWhereTheOwnerLostTheScopeMeanwhile() {
    parameters().behind =
        () -> operator.patch("/v1/principals/" + owner, "{\"scopes\": [\"other:read\"]}");
    create().isRefusal(422, "scopes[0]");
    assertNothingMade();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "apps",
        "/",
        "/apps/",
        "/apps//x",
        "/apps/../x",
        "/./x",
        "/a b",
        "/ä",
        "/a*",
        "/{name}",
        "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16",
      })
  void refusesANameThatIsNone(String text) {
    operator
        .post("/v1/tokens", body("access-key", "{\"name\": \"" + text + "\"}"))
        .isRefusal(422, "storage.name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "api | {\"name\": \"/a\"} | storage",
        "access-key | \"/a\" | storage,storage.name",
        "access-key | {} | storage.name",
        "access-key | {\"name\": 7} | storage.name,storage.name",
        "access-key | {\"name\": \"/a\", \"key\": \"a b\"} | storage.key",
        "access-key | {\"name\": \"/a\", \"secret\": \"x\"} | storage.secret",
      })
  void refusesStorageThatIsNotAsItShouldBe(String kind, String storage, String fields) {
    operator.post("/v1/tokens", body(kind, storage)).isRefusal(422, fields.split(","));
  }

  @Test
  void refusesStorageOfASecretThatIsNotKnownHere() {
    Asker.Answer answer =
        operator.lines(
            "/v1/tokens/import",
            "{\"sha256\":\"%064d\",\"principal\":\"%s\",\"name\":\"n\",\"kind\":\"access-key\",\"scopes\":[\"a:read\"],\"storage\":{\"name\":\"/a\"}}\n"
                .formatted(7, owner));
    assertThat(answer.lines().getFirst().toString()).contains("refused", "storage");
  }

  @Test
  void keepsWhereItIsAndRegeneratesNothingThatNobodyWouldSee() {
    String id = idOf(create());
    operator.patch("/v1/tokens/" + id, "{\"storedAs\": \"/x\"}").isRefusal(422, "storedAs");
    operator.send("POST", "/v1/tokens/" + id + "/regenerate").isRefusal(409, "token");
    assertThat(operator.post("/v1/tokens/" + id + "/renew", "{}").status()).isEqualTo(200);
    assertThat(parameters().all()).containsKey("acme" + name);
  }
}
