package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How tokens are renamed, renewed and replaced, wherever they are kept. */
public abstract class TokenChangesContract extends ControlPlaneKit {
  private static final String DESCRIBED =
      "\"description\": \"nightly\", \"tags\": {\"team\": \"a\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | ci | nightly | {\"team\":\"a\"}",
        "{\"name\":\"new\"} | new | nightly | {\"team\":\"a\"}",
        "{\"description\":null} | ci | `` | {\"team\":\"a\"}",
        "{\"description\":\"\"} | ci | `` | {\"team\":\"a\"}",
        "{\"description\":\"x\"} | ci | x | {\"team\":\"a\"}",
        "{\"tags\":null} | ci | nightly | {}",
        "{\"tags\":{}} | ci | nightly | {}",
        "{\"tags\":{\"b\":\"c\"}} | ci | nightly | {\"b\":\"c\"}",
      })
  void keepsWhatIsLeftOutClearsWhatIsNullAndSetsTheRest(
      String json, String name, String description, String tags) {
    String id = idOf(token(principal("acme"), DESCRIBED));
    Asker.Answer answer = operator.patch("/v1/tokens/" + id, json);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/name")).isEqualTo(name);
    assertThat(answer.at("/description")).isEqualTo(description);
    assertThat(answer.json().get("tags").toString()).isEqualTo(tags);
    assertThat(operator.get("/v1/tokens/" + id).json()).isEqualTo(answer.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":null} | name",
        "{\"name\":\"\"} | name",
        "{\"name\":7} | name",
        "{\"description\":\"a\\u0007\"} | description",
        "{\"tags\":[]} | tags",
        "{\"tags\":{\"a\":null}} | tags.a",
        "{\"scopes\":[\"*:*\"]} | scopes",
        "{\"scopes\":null} | scopes",
        "{\"kind\":\"personal\"} | kind",
        "{\"principal\":\"eve\"} | principal",
        "{\"organization\":\"b\"} | organization",
        "{\"id\":\"x\"} | id",
        "{\"limits\":[]} | limits",
        "{\"allowedAddresses\":[]} | allowedAddresses",
        "{\"createdAt\":\"2020-01-01T00:00:00Z\"} | createdAt",
        "{\"expiresAt\":\"2099-01-01T00:00:00Z\"} | expiresAt",
        "{\"expiresIn\":\"P1D\"} | expiresIn",
        "{\"revokedAt\":null} | revokedAt",
        "{\"status\":\"active\"} | status",
        "{\"colour\":\"red\"} | colour",
      })
  void namesTheFieldThatCannotBeChangedSo(String json, String field) {
    String id = idOf(token(principal("acme")));
    Asker.Answer before = operator.get("/v1/tokens/" + id);
    operator.patch("/v1/tokens/" + id, json).isRefusal(422, field);
    assertThat(operator.get("/v1/tokens/" + id).json()).isEqualTo(before.json());
  }

  @Test
  void renewsEvenWhatHasExpiredAndShortensToo() {
    String id = idOf(token(principal("acme")));
    clock.advance(Duration.ofHours(2));
    assertThat(operator.get("/v1/tokens/" + id).at("/status")).isEqualTo("expired");
    Asker.Answer renewed = operator.post("/v1/tokens/" + id + "/renew", "{\"expiresIn\":\"P10D\"}");
    assertThat(renewed.at("/status")).isEqualTo("active");
    assertThat(renewed.at("/expiresAt"))
        .isEqualTo(clock.instant().plus(Duration.ofDays(10)).toString());
    Asker.Answer shortened =
        operator.post("/v1/tokens/" + id + "/renew", "{\"expiresIn\":\"PT1M\"}");
    assertThat(shortened.at("/expiresAt")).isEqualTo(clock.instant().plusSeconds(60).toString());
    operator
        .post("/v1/tokens/" + id + "/renew", "{\"expiresAt\":\"" + clock.instant() + "\"}")
        .isRefusal(422, "expiresAt");
  }

  @Test
  void neverRenewsWhatIsRevokedOrReplaced() {
    String revoked = idOf(token(principal("acme")));
    operator.delete("/v1/tokens/" + revoked);
    String renew = "{\"expiresIn\":\"P10D\"}";
    operator.post("/v1/tokens/" + revoked + "/renew", renew).isRefusal(409, "token");
    String replaced = idOf(token(principal("acme")));
    operator.post("/v1/tokens/" + replaced + "/regenerate", "{\"graceSeconds\":60}");
    operator.post("/v1/tokens/" + replaced + "/renew", renew).isRefusal(409, "token");
    assertThat(operator.get("/v1/tokens/" + revoked).at("/status")).isEqualTo("revoked");
  }

  @Test
  void asksForAnEndWhereTheKindHasNoDefault() {
    String id = idOf(token(principal("acme")));
    operator.send("POST", "/v1/tokens/" + id + "/renew").isRefusal(422, "expiresAt");
  }

  @Test
  void regeneratesWithAGraceExactToTheMillisecond() {
    Asker.Answer created = token(principal("acme"), DESCRIBED + ", \"limits\":[\"5 per day\"]");
    String old = idOf(created);
    Asker.Answer fresh =
        operator.post("/v1/tokens/" + old + "/regenerate", "{\"graceSeconds\": 90}");
    assertThat(fresh.status()).isEqualTo(201);
    assertThat(fresh.at("/secret")).isNotEqualTo(created.at("/secret")).startsWith("pcat_");
    assertThat(fresh.at("/token/replaces")).isEqualTo(old);
    for (String same : List.of("name", "description", "scopes", "limits", "tags", "principal")) {
      assertThat(fresh.json().at("/token/" + same)).isEqualTo(created.json().at("/token/" + same));
    }
    Asker.Answer ending = operator.get("/v1/tokens/" + old);
    assertThat(ending.at("/replacedBy")).isEqualTo(idOf(fresh));
    clock.advance(Duration.ofSeconds(90).minusMillis(1));
    assertThat(operator.get("/v1/tokens/" + old).at("/status")).isEqualTo("active");
    clock.advance(Duration.ofMillis(1));
    assertThat(operator.get("/v1/tokens/" + old).at("/status")).isEqualTo("expired");
    assertThat(operator.get("/v1/tokens/" + idOf(fresh)).at("/status")).isEqualTo("active");
  }

  @Test
  void neverLetsAGraceOutliveTheTokensOwnEnd() {
    String old = idOf(token(principal("acme")));
    Asker.Answer before = operator.get("/v1/tokens/" + old);
    operator.post("/v1/tokens/" + old + "/regenerate", "{\"graceSeconds\": 86400}");
    assertThat(operator.get("/v1/tokens/" + old).at("/expiresAt"))
        .isEqualTo(before.at("/expiresAt"));
  }

  @Test
  void regeneratesWithoutGraceByRevoking() {
    String old = idOf(token(principal("acme")));
    Asker.Answer fresh = operator.send("POST", "/v1/tokens/" + old + "/regenerate");
    assertThat(fresh.status()).isEqualTo(201);
    assertThat(operator.get("/v1/tokens/" + old).at("/status")).isEqualTo("revoked");
  }

  @Test
  void regeneratesNoTokenThatIsRevokedOrWasRegenerated() {
    String revoked = idOf(token(principal("acme")));
    operator.delete("/v1/tokens/" + revoked);
    operator.send("POST", "/v1/tokens/" + revoked + "/regenerate").isRefusal(409, "token");
    String replaced = idOf(token(principal("acme")));
    operator.post("/v1/tokens/" + replaced + "/regenerate", "{\"graceSeconds\":60}");
    operator.send("POST", "/v1/tokens/" + replaced + "/regenerate").isRefusal(409, "token");
  }

  @Test
  void regeneratesAnExpiredTokenUntilATimeThatIsAskedFor() {
    String expired = idOf(token(principal("acme")));
    clock.advance(Duration.ofHours(1));
    String path = "/v1/tokens/" + expired + "/regenerate";
    operator.send("POST", path).isRefusal(422, "expiresAt");
    Asker.Answer fresh = operator.post(path, "{\"expiresIn\":\"PT1H\"}");
    assertThat(fresh.status()).isEqualTo(201);
    assertThat(fresh.at("/token/status")).isEqualTo("active");
    assertThat(operator.get("/v1/tokens/" + expired).at("/status")).isEqualTo("revoked");
  }

  @Test
  void letsOneOfManyRegenerationsAtOnceWin() {
    String owner = principal("acme");
    String old = idOf(token(owner));
    List<CompletableFuture<Asker.Answer>> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asked.add(
          CompletableFuture.supplyAsync(
              () -> operator.post("/v1/tokens/" + old + "/regenerate", "{\"graceSeconds\":60}"),
              ASIDE));
    }
    List<Integer> statuses = asked.stream().map(it -> it.join().status()).sorted().toList();
    assertThat(statuses).containsExactly(201, 409, 409, 409, 409, 409, 409, 409);
    assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).hasSize(2);
  }

  @Test
  void keepsAtMostTwoGenerationsGood() {
    String owner = principal("acme");
    String first = idOf(token(owner));
    String grace = "{\"graceSeconds\":600}";
    String second = idOf(operator.post("/v1/tokens/" + first + "/regenerate", grace));
    String third = idOf(operator.post("/v1/tokens/" + second + "/regenerate", grace));
    assertThat(operator.get("/v1/tokens?status=active&principal=" + owner).ids())
        .containsExactlyInAnyOrder(second, third);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"graceSeconds\":-1} | graceSeconds",
        "{\"graceSeconds\":1.5} | graceSeconds",
        "{\"graceSeconds\":\"60\"} | graceSeconds",
        "{\"graceSeconds\":99999999999} | graceSeconds",
        "{\"expiresAt\":\"2020-01-01T00:00:00Z\"} | expiresAt",
        "{\"scopes\":[\"*:*\"]} | scopes",
        "{\"name\":\"new\"} | name",
      })
  void namesTheFieldOfARegenerationThatIsWrong(String json, String field) {
    String id = idOf(token(principal("acme")));
    operator.post("/v1/tokens/" + id + "/regenerate", json).isRefusal(422, field);
    assertThat(operator.get("/v1/tokens/" + id).at("/status")).isEqualTo("active");
  }

  @Test
  void letsNoOperatorHaveTheSecretOfATokenThatMayDoMore() {
    String admin = principal("acme", "portcullis/*:*");
    Asker.Answer strong =
        operator.post(
            "/v1/tokens",
            "{\"principal\":\"%s\",\"kind\":\"personal\",\"name\":\"n\"}".formatted(admin));
    Asker delegate = delegate("acme", "portcullis/tokens:*");
    delegate.send("POST", "/v1/tokens/" + idOf(strong) + "/regenerate").isRefusal(403);
    delegate
        .post("/v1/tokens/" + idOf(strong) + "/renew", "{\"expiresIn\":\"P1D\"}")
        .isRefusal(403);
    assertThat(delegate.delete("/v1/tokens/" + idOf(strong)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"renew", "regenerate", "revoke"})
  void answersNotFoundForWhatThereIsNot(String what) {
    operator.send("POST", "/v1/tokens/01kdvbs6800000000000000000/" + what).isRefusal(404);
    operator.patch("/v1/tokens/01kdvbs6800000000000000000", "{}").isRefusal(404);
  }
}
