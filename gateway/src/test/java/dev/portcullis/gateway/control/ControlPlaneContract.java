package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TokenHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the control plane does with principals and tokens, wherever they are kept. */
public abstract class ControlPlaneContract extends ControlPlaneKit {

  @Test
  void showsAPrincipalAsItWasCreated() {
    String id = principal("acme");
    Asker.Answer answer = operator.get("/v1/principals/" + id);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().toString())
        .isEqualTo(
            """
            {"id":"%s","kind":"user","email":"ada@example.org","organization":"acme",\
            "enabled":true,"scopes":["dataset/*:*","role:reader"]}\
            """
                .formatted(id));
  }

  @Test
  void refusesAPrincipalWhoseIdIsTaken() {
    String id = principal("acme");
    Asker.Answer answer =
        operator.post(
            "/v1/principals",
            "{\"id\": \"%s\", \"kind\": \"service-account\", \"scopes\": []}".formatted(id));
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.fields()).containsExactly("id");
    assertThat(operator.get("/v1/principals/" + id).at("/kind")).isEqualTo("user");
  }

  @Test
  void showsATokenAsItWasCreated() {
    String owner = principal("acme");
    Asker.Answer created =
        operator.post(
            "/v1/tokens",
            """
            {"principal": "%s", "kind": "api", "name": "nightly build", "description": "räksmörgås",
             "scopes": ["dataset/logs:read", "role:reader"], "expiresAt": "2030-01-31T13:00:00.1239+01:00",
             "allowedAddresses": ["10.0.0.0/8", "2001:db8::/32"], "limits": ["10 per second leased", "9 per day"],
             "tags": {"team": "a b"}}
            """
                .formatted(owner));
    assertThat(created.status()).isEqualTo(201);
    String id = created.at("/token/id");
    assertThat(created.json().get("token").toString())
        .isEqualTo(
            """
            {"id":"%s","principal":"%s","organization":"acme","kind":"api","api":null,"name":"nightly build",\
            "description":"räksmörgås","scopes":["dataset/logs:read","role:reader"],\
            "status":"active","createdAt":"%s","createdBy":"operator",\
            "expiresAt":"2030-01-31T12:00:00.123Z","revokedAt":null,\
            "allowedAddresses":["10.0.0.0/8","2001:db8:0:0:0:0:0:0/32"],\
            "limits":["10 per second leased","9 per day"],"tags":{"team":"a b"},"replaces":null,"replacedBy":null,\
            "revokedReason":null,"storedAs":null,"lastUsedAt":null,"lastUsedFrom":null,"ageFlag":false,\
            "expiresSoon":false}\
            """
                .formatted(id, owner, clock.instant()));
    assertThat(operator.get("/v1/tokens/" + id).json()).isEqualTo(created.json().get("token"));
  }

  @Test
  void showsASecretOnceByWhichTheTokenIsFound() {
    Asker.Answer created = token(principal("acme"));
    String secret = created.at("/secret");
    String id = created.at("/token/id");
    assertThat(created.header("Cache-Control")).isEqualTo("no-store");
    assertThat(operator.get("/v1/tokens/" + id).response().body()).doesNotContain(secret);
    assertThat(operator.get("/v1/tokens").response().body()).contains(id).doesNotContain(secret);
    TokenHash hash = ControlPlane.PEPPERS.candidates(SecretText.of(secret), false).getFirst();
    assertThat(store().token(hash).toCompletableFuture().join())
        .isInstanceOfSatisfying(
            Lookup.Found.class, found -> assertThat(found.value().toString()).contains(id));
  }

  @Test
  void givesAPersonalTokenNoScopesOfItsOwn() {
    Asker.Answer created =
        operator.post(
            "/v1/tokens",
            "{\"principal\": \"%s\", \"kind\": \"personal\", \"name\": \"mine\"}"
                .formatted(principal("acme")));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().at("/token/scopes")).isEmpty();
    assertThat(created.at("/secret")).startsWith("pcpt_");
  }

  /** All items of a list, read page by page. */
  private List<String> paged(String path, int limit) {
    List<String> ids = new ArrayList<>();
    Asker.Answer page = operator.get(path + "limit=" + limit);
    ids.addAll(page.ids());
    while (page.json().hasNonNull("next")) {
      assertThat(page.ids()).hasSize(limit);
      page = operator.get(path + "limit=" + limit + "&cursor=" + page.at("/next"));
      ids.addAll(page.ids());
    }
    return ids;
  }

  @Test
  void listsInPagesWithoutGapOrRepeat() {
    String owner = principal("acme");
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(token(owner).at("/token/id"));
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(paged("/v1/tokens?principal=" + owner + "&", 2)).isEqualTo(made);
  }

  @Test
  void listsPrincipalsInPagesWithoutGapOrRepeat() {
    List<String> made = List.of(principal("acme"), principal("acme"), principal("acme"));
    assertThat(paged("/v1/principals?", 1)).containsAll(made).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "principal=%1$s&status=active, 1",
    "principal=%1$s&status=revoked, 1",
    "principal=%1$s&status=expired, 0",
    "principal=%1$s, 2",
    "organization=%2$s, 2",
    "organization=%2$s&status=revoked, 1",
    "principal=%1$s&organization=other, 0",
  })
  void listsOnlyWhatTheFilterLetsThrough(String filter, int expected) {
    String organization = "filtered-" + made;
    String owner = principal(organization);
    token(owner);
    operator.send("DELETE", "/v1/tokens/" + token(owner).at("/token/id"));
    Asker.Answer answer = operator.get("/v1/tokens?" + filter.formatted(owner, organization));
    assertThat(answer.ids()).hasSize(expected);
  }

  @Test
  void tellsThatATokenHasExpiredFromThatInstantOn() {
    String id = token(principal("acme")).at("/token/id");
    clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(operator.get("/v1/tokens/" + id).at("/status")).isEqualTo("active");
    clock.advance(Duration.ofMillis(1));
    assertThat(operator.get("/v1/tokens/" + id).at("/status")).isEqualTo("expired");
  }

  @ParameterizedTest
  @CsvSource({"POST, /revoke", "DELETE, ''"})
  void revokesForGoodAndASecondTimeChangesNothing(String method, String suffix) {
    String id = token(principal("acme")).at("/token/id");
    Asker.Answer first = operator.send(method, "/v1/tokens/" + id + suffix);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.at("/status")).isEqualTo("revoked");
    assertThat(first.at("/revokedAt")).isEqualTo(clock.instant().toString());
    clock.advance(Duration.ofSeconds(5));
    Asker.Answer second = operator.send(method, "/v1/tokens/" + id + suffix);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(operator.get("/v1/tokens/" + id).json()).isEqualTo(first.json());
  }

  @Test
  void revokesOneOfTwoTokensOnly() {
    String owner = principal("acme");
    String kept = token(owner).at("/token/id");
    operator.post(
        "/v1/tokens/" + token(owner).at("/token/id") + "/revoke", "{\"reason\": \"leaked\"}");
    assertThat(operator.get("/v1/tokens/" + kept).at("/status")).isEqualTo("active");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/principals/nobody",
    "GET, /v1/tokens/01kdvbs6800000000000000000",
    "GET, /v1/tokens/%00",
    "GET, /v1/tokens/a%2Fb",
    "POST, /v1/tokens/01kdvbs6800000000000000000/revoke",
    "DELETE, /v1/tokens/01kdvbs6800000000000000000",
  })
  void answersNotFoundForWhatThereIsNot(String method, String path) {
    Asker.Answer answer = operator.send(method, path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }
}
