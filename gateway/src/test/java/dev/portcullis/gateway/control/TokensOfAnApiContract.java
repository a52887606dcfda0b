package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens are like that are made for an API whose policy has rules for them. */
public abstract class TokensOfAnApiContract extends ControlPlaneKit {
  private static final String FOR_BILLS = "\"api\": \"bills\"";

  private Asker.Answer made(String kind, String more) {
    return operator.post(
        "/v1/tokens",
        """
        {"principal": "%s", "kind": "%s", "name": "ci", "scopes": ["dataset/logs:read"], %s}
        """
            .formatted(principal("acme"), kind, FOR_BILLS + more));
  }

  @Test
  void showsTheApiThatATokenWasMadeFor() {
    Asker.Answer created = made("api", "");
    assertThat(created.at("/token/api")).isEqualTo("bills");
    assertThat(operator.get("/v1/tokens/" + idOf(created)).at("/api")).isEqualTo("bills");
    assertThat(of(audit("token=" + idOf(created)).getFirst().get("after"), "api"))
        .isEqualTo("bills");
  }

  @ParameterizedTest
  @CsvSource({"api, /secret, bill-", "access-key, /secretKey, bill_key_"})
  void beginsItsSecretAsThePolicySaysForItsKind(String kind, String member, String prefix) {
    String secret = made(kind, "").at(member);
    assertThat(secret).matches(prefix + "[0-9A-Za-z]{38}");
    assertFound(secret);
  }

  @Test
  void beginsTheSecretOfAKindThatThePolicyLeavesOutAsUsual() {
    Asker.Answer created =
        operator.post(
            "/v1/tokens",
            "{\"principal\":\"%s\",\"kind\":\"personal\",\"name\":\"n\",%s}"
                .formatted(principal("acme"), FOR_BILLS));
    assertThat(created.at("/secret")).startsWith("pcpt_");
  }

  @Test
  void keepsThePrefixWhenItIsRegenerated() {
    Asker.Answer again =
        operator.send("POST", "/v1/tokens/" + idOf(made("api", "")) + "/regenerate");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.at("/token/api")).isEqualTo("bills");
    assertThat(again.at("/secret")).startsWith("bill-");
    assertFound(again.at("/secret"));
  }

  @Test
  void repeatsTheSameSecretWithItsPrefix() {
    String json =
        "{\"principal\":\"%s\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"dataset/a:read\"],%s}"
            .formatted(principal("acme"), FOR_BILLS);
    Asker once = operator.adding("Idempotency-Key", "of-an-api");
    String first = once.post("/v1/tokens", json).at("/secret");
    assertThat(first).startsWith("bill-");
    assertThat(once.post("/v1/tokens", json).at("/secret")).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "api | `` | P10D",
        "access-key | `` | P10D",
        "access-key | , \"expiresIn\": \"P100D\" | P100D",
      })
  void endsAsThePolicySaysBeforeTheSettings(String kind, String more, String lifetime) {
    assertThat(made(kind, more).at("/token/expiresAt"))
        .isEqualTo(clock.instant().plus(Duration.parse(lifetime)).toString());
  }

  @Test
  void refusesALongerLifeThanThePolicyAllows() {
    made("api", ", \"expiresIn\": \"P101D\"").isRefusal(422, "expiresIn");
    String id = idOf(made("api", ""));
    for (String way : new String[] {"/renew", "/regenerate"}) {
      operator
          .post("/v1/tokens/" + id + way, "{\"expiresIn\":\"P101D\"}")
          .isRefusal(422, "expiresIn");
    }
    assertThat(operator.post("/v1/tokens/" + id + "/renew", "{}").at("/expiresAt"))
        .isEqualTo(clock.instant().plus(Duration.ofDays(10)).toString());
  }

  @Test
  void changesOnlyWhatThePolicyLetsChange() {
    String id = idOf(made("api", ", \"description\": \"d\""));
    assertThat(operator.patch("/v1/tokens/" + id, "{\"name\":\"renamed\"}").at("/name"))
        .isEqualTo("renamed");
    Asker.Answer refused =
        operator.patch(
            "/v1/tokens/" + id, "{\"name\":\"again\",\"description\":null,\"tags\":{\"a\":\"b\"}}");
    refused.isRefusal(422, "description", "tags");
    assertThat(refused.response().body())
        .contains("of tokens of API 'bills' only name can be changed");
    assertThat(operator.get("/v1/tokens/" + id).at("/name")).isEqualTo("renamed");
    assertThat(operator.get("/v1/tokens/" + id).at("/description")).isEqualTo("d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "", "BILLS"})
  void refusesAnApiThatHasNoPolicy(String api) {
    operator
        .post(
            "/v1/tokens",
            "{\"principal\":\"%s\",\"kind\":\"personal\",\"name\":\"n\",\"api\":\"%s\"}"
                .formatted(principal("acme"), api))
        .isRefusal(422, "api");
  }

  @Test
  void cannotBeMovedToAnotherApi() {
    String id = idOf(made("api", ""));
    operator.patch("/v1/tokens/" + id, "{\"api\":\"shop\"}").isRefusal(422, "api");
  }

  @Test
  void takesImportedTokensUnderTheSameRules() {
    String line =
        "{\"sha256\":\"%064d\",\"principal\":\"%s\",\"name\":\"old\",\"scopes\":[\"dataset/a:read\"],%s}\n";
    String owner = principal("acme");
    Asker.Answer answer =
        operator.lines(
            "/v1/tokens/import",
            line.formatted(1, owner, FOR_BILLS)
                + line.formatted(2, owner, "\"api\": \"nobody\"")
                + line.formatted(3, owner, FOR_BILLS + ", \"expiresIn\": \"P101D\""));
    assertThat(answer.lines().getLast().get("refused").asInt()).isEqualTo(2);
    String id = answer.lines().getFirst().get("id").asString();
    Asker.Answer token = operator.get("/v1/tokens/" + id);
    assertThat(token.at("/api")).isEqualTo("bills");
    assertThat(token.at("/expiresAt"))
        .isEqualTo(clock.instant().plus(Duration.ofDays(10)).toString());
  }
}
