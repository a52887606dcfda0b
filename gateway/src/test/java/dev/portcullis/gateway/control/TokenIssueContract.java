package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are made, how long they live, and that a repeat makes none. */
public abstract class TokenIssueContract extends ControlPlaneKit {
  private static final String KEY = "Idempotency-Key";

  private static String body(String principal, String kind, String more) {
    return "{\"principal\":\"%s\",\"kind\":\"%s\",\"name\":\"n\"%s}"
        .formatted(principal, kind, more);
  }

  @Test
  void showsTheTwoHalvesOfAnAccessKey() {
    Asker.Answer created =
        operator.post(
            "/v1/tokens",
            body(principal("acme"), "access-key", ",\"scopes\":[\"dataset/logs:read\"]"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().propertyNames()).containsExactly("token", "accessKey", "secretKey");
    assertThat(created.at("/accessKey")).isEqualTo(idOf(created));
    assertThat(created.at("/secretKey")).startsWith("pcsk_");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "access-key | `` | P30D",
        "access-key | ,\"expiresIn\":\"P90D\" | P90D",
        "access-key | ,\"expiresIn\":\"PT1H\" | PT1H",
        "personal | `` | P90D",
        "personal | ,\"expiresIn\":\"P1D\" | P1D",
      })
  void givesAnEndWithinTheLifetimesOfItsKind(String kind, String more, String lifetime) {
    String scopes = kind.equals("personal") ? "" : ",\"scopes\":[\"dataset/logs:read\"]";
    Asker.Answer created =
        operator.post("/v1/tokens", body(principal("acme"), kind, scopes + more));
    assertThat(created.at("/token/expiresAt"))
        .isEqualTo(clock.instant().plus(Duration.parse(lifetime)).toString());
  }

  @Test
  void refusesALongerLifeThanTheKindMayHave() {
    String owner = principal("acme");
    String late = clock.instant().plus(Duration.ofDays(90)).plusMillis(1).toString();
    operator
        .post("/v1/tokens", body(owner, "personal", ",\"expiresAt\":\"" + late + "\""))
        .isRefusal(422, "expiresAt");
    operator
        .post("/v1/tokens", body(owner, "personal", ",\"expiresIn\":\"P91D\""))
        .isRefusal(422, "expiresIn");
    String id = idOf(operator.post("/v1/tokens", body(owner, "personal", "")));
    operator
        .post("/v1/tokens/" + id + "/renew", "{\"expiresIn\":\"P91D\"}")
        .isRefusal(422, "expiresIn");
    operator
        .post("/v1/tokens/" + id + "/regenerate", "{\"expiresIn\":\"P91D\"}")
        .isRefusal(422, "expiresIn");
  }

  @Test
  void renewsForTheDefaultLifetimeOfTheKind() {
    Asker.Answer created =
        operator.post(
            "/v1/tokens",
            body(principal("acme"), "access-key", ",\"scopes\":[\"dataset/logs:read\"]"));
    clock.advance(Duration.ofDays(1));
    Asker.Answer renewed = operator.send("POST", "/v1/tokens/" + idOf(created) + "/renew");
    assertThat(renewed.at("/expiresAt"))
        .isEqualTo(clock.instant().plus(Duration.ofDays(30)).toString());
  }

  @Test
  void answersARepeatWithTheSameSecret() {
    String owner = principal("acme");
    Asker once = operator.adding(KEY, "key-1");
    Asker.Answer first = once.post("/v1/tokens", body(owner, "personal", ""));
    clock.advance(Duration.ofMinutes(5));
    Asker.Answer again = once.post("/v1/tokens", body(owner, "personal", ""));
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).hasSize(1);
  }

  @Test
  void answersARepeatOfARegenerationWithTheSameSecret() {
    String old = idOf(token(principal("acme")));
    Asker once = operator.adding(KEY, "key-2");
    Asker.Answer first = once.post("/v1/tokens/" + old + "/regenerate", "{\"graceSeconds\":5}");
    Asker.Answer again = once.post("/v1/tokens/" + old + "/regenerate", "{\"graceSeconds\":5}");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.at("/secret")).isEqualTo(first.at("/secret"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void answersARepeatAlsoWhenTheFirstWouldBeRefusedNow() {
    String owner = principal("acme");
    Asker once = operator.adding(KEY, "key-3");
    Asker.Answer first = once.post("/v1/tokens", body(owner, "personal", ""));
    operator.delete("/v1/principals/" + owner);
    assertThat(once.post("/v1/tokens", body(owner, "personal", "")).at("/secret"))
        .isEqualTo(first.at("/secret"));
  }

  @Test
  void makesOneTokenOfManyRequestsAtOnceWithOneKey() {
    String owner = principal("acme");
    Asker once = operator.adding(KEY, "key-4");
    List<CompletableFuture<Asker.Answer>> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asked.add(
          CompletableFuture.supplyAsync(
              () -> once.post("/v1/tokens", body(owner, "personal", "")), ASIDE));
    }
    Set<String> secrets = new HashSet<>();
    asked.forEach(it -> secrets.add(it.join().at("/secret")));
    assertThat(secrets).hasSize(1).doesNotContain("");
    assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).hasSize(1);
  }

  @Test
  void refusesAKeyThatWasUsedForAnotherBody() {
    String owner = principal("acme");
    Asker once = operator.adding(KEY, "key-5");
    once.post("/v1/tokens", body(owner, "personal", ""));
    once.post("/v1/tokens", body(owner, "personal", ",\"description\":\"x\"")).isRefusal(422, KEY);
  }

  @Test
  void keepsOneOperatorsKeysFromAnothers() {
    String owner = principal("acme");
    operator.adding(KEY, "key-6").post("/v1/tokens", body(owner, "personal", ""));
    Asker other = delegate("acme", "portcullis/tokens:create").adding(KEY, "key-6");
    assertThat(other.post("/v1/tokens", body(owner, "personal", "")).header("Idempotent-Replayed"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "LONG"})
  void refusesAMalformedKey(String key) {
    String text = key.equals("LONG") ? "x".repeat(256) : key;
    operator
        .adding(KEY, text)
        .post("/v1/tokens", body(principal("acme"), "personal", ""))
        .isRefusal(400, KEY);
  }

  @Test
  void refusesTwoKeys() {
    operator
        .adding(KEY, "a")
        .adding(KEY, "b")
        .post("/v1/tokens", body(principal("acme"), "personal", ""))
        .isRefusal(400, KEY);
  }

  @Test
  void repeatsNoSecretToOneWhoLacksWhatItGives() {
    String agent = principal("acme", "portcullis/tokens:*", "portcullis/audit:read");
    String target = principal("acme", "portcullis/audit:read");
    String strong = secret(agent, "portcullis/tokens:create", "portcullis/audit:read");
    String weak = secret(agent, "portcullis/tokens:create");
    String json =
        "{\"principal\":\"%s\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"portcullis/audit:read\"]}"
            .formatted(target);
    assertThat(asking(strong).adding(KEY, "one").post("/v1/tokens", json).status()).isEqualTo(201);
    asking(weak).adding(KEY, "one").post("/v1/tokens", json).isRefusal(403);
    assertThat(asking(strong).adding(KEY, "one").post("/v1/tokens", json).status()).isEqualTo(201);
  }

  private String secret(String principal, String... scopes) {
    return operator
        .post(
            "/v1/tokens",
            "{\"principal\":\"%s\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"%s\"]}"
                .formatted(principal, String.join("\",\"", scopes)))
        .at("/secret");
  }
}
