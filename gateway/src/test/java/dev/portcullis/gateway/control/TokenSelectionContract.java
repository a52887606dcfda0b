package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told and done of many tokens at once. */
public abstract class TokenSelectionContract extends ControlPlaneKit {

  private String never(String owner) {
    return idOf(token(owner, ""));
  }

  @Test
  void flagsATokenFromTheMillisecondItIsMoreThanNinetyDaysOld() {
    String owner = principal("acme");
    String id = never(owner);
    clock.advance(Duration.ofDays(90));
    assertThat(operator.get("/v1/tokens/" + id).json().get("ageFlag").asBoolean()).isFalse();
    String old = "/v1/tokens?olderThan=P90D&principal=" + owner;
    assertThat(operator.get(old).ids()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(operator.get("/v1/tokens/" + id).json().get("ageFlag").asBoolean()).isTrue();
    assertThat(operator.get(old).ids()).containsExactly(id);
  }

  @Test
  void flagsATokenThatEndsSoon() {
    String owner = principal("acme");
    String id = idOf(token(owner, "\"expiresIn\":\"P14D\""));
    String soon = "/v1/tokens?expiringWithin=P14D&principal=" + owner;
    assertThat(operator.get("/v1/tokens/" + id).json().get("expiresSoon").asBoolean()).isFalse();
    assertThat(operator.get(soon).ids()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(operator.get("/v1/tokens/" + id).json().get("expiresSoon").asBoolean()).isTrue();
    assertThat(operator.get(soon).ids()).containsExactly(id);
    operator.delete("/v1/tokens/" + id);
    assertThat(operator.get("/v1/tokens/" + id).json().get("expiresSoon").asBoolean()).isFalse();
    assertThat(operator.get(soon).ids()).isEmpty();
  }

  @Test
  void tellsAPrincipalThatIsNotThereFromOneWithoutTokens() {
    assertThat(operator.get("/v1/tokens?principal=" + principal("acme")).ids()).isEmpty();
    operator.get("/v1/tokens?principal=nobody").isRefusal(404, "principal");
  }

  @Test
  void revokesWhatAFilterLetsThroughAndNothingElse() {
    String owner = principal("acme");
    String old = never(owner);
    clock.advance(Duration.ofDays(10).plusMillis(1));
    String young = never(owner);
    String other = never(principal("acme"));
    Asker.Answer revoked =
        operator.post(
            "/v1/tokens/revoke",
            "{\"principal\":\"%s\",\"olderThan\":\"P10D\",\"reason\":\"rotation\"}"
                .formatted(owner));
    assertThat(revoked.json().toString()).isEqualTo("{\"revoked\":1}");
    assertThat(operator.get("/v1/tokens/" + old).at("/revokedReason")).isEqualTo("rotation");
    assertThat(operator.get("/v1/tokens/" + young).at("/status")).isEqualTo("active");
    assertThat(operator.get("/v1/tokens/" + other).at("/status")).isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"expiringWithin=P2D", "olderThan=PT1S", "status=active"})
  void neverNamesAnotherOrganizationsTokensInACursor(String filter) {
    List<String> theirs = new ArrayList<>();
    String owner = principal("theirs");
    for (int i = 0; i < 25; i++) {
      theirs.add(idOf(token(owner)));
    }
    String own = idOf(token(principal("ours-" + made)));
    String organization = operator.get("/v1/tokens/" + own).at("/organization");
    clock.advance(Duration.ofSeconds(2));
    Asker delegate = delegate(organization, "portcullis/tokens:read");
    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      Asker.Answer page = delegate.get("/v1/tokens?limit=1&" + filter + cursor);
      assertThat(page.response().body()).doesNotContain(theirs);
      found.addAll(page.ids());
      cursor = page.json().get("next").isNull() ? "" : "&cursor=" + page.at("/next");
    } while (!cursor.isEmpty());
    assertThat(found).contains(own);
  }

  @Test
  void revokesAllOfAnOrganization() {
    String organization = "closing-" + made;
    never(principal(organization));
    never(principal(organization));
    Asker.Answer revoked =
        operator.post("/v1/tokens/revoke", "{\"organization\":\"%s\"}".formatted(organization));
    assertThat(revoked.json().toString()).isEqualTo("{\"revoked\":2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | principal",
        "{\"reason\":\"x\"} | principal",
        "{\"principal\":\"nobody\"} | principal",
        "{\"principal\":\"a b\"} | principal",
        "{\"status\":\"revoked\"} | status",
        "{\"status\":\"all\"} | status",
        "{\"olderThan\":\"90\"} | olderThan",
        "{\"expiringWithin\":\"-P1D\"} | expiringWithin",
        "{\"status\":\"active\",\"reason\":7} | reason",
        "{\"status\":\"active\",\"everything\":true} | everything",
      })
  void namesTheCriterionThatIsWrongAndRevokesNothing(String json, String field) {
    String id = never(principal("acme"));
    operator.post("/v1/tokens/revoke", json).isRefusal(422, field);
    assertThat(operator.get("/v1/tokens/" + id).at("/status")).isEqualTo("active");
  }
}
