package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the audit trail tells, wherever it is kept. */
public abstract class AuditContract extends ControlPlaneKit {

  /** The refused calls concerning one principal; notes come after answers. */
  private List<JsonNode> refusals(String filter, int count) {
    String all = "outcome=refused&" + filter;
    await().until(() -> audit(all).size() >= count);
    assertThat(audit(all)).hasSize(count);
    return audit(all);
  }

  @Test
  void tellsEveryChangeWithWhoAndWhatAndWhence() {
    String owner = principal("acme");
    String id = idOf(token(owner));
    operator.patch("/v1/tokens/" + id, "{\"name\":\"renamed\"}");
    operator.post("/v1/tokens/" + id + "/renew", "{\"expiresIn\":\"P1D\"}");
    operator.post("/v1/tokens/" + id + "/revoke", "{\"reason\":\"done with it\"}");
    operator.patch("/v1/principals/" + owner, "{\"enabled\":false}");
    operator.delete("/v1/principals/" + owner);
    List<JsonNode> entries = audit("principal=" + owner);
    assertThat(entries.stream().map(it -> of(it, "action")))
        .containsExactly(
            "principal.create",
            "token.create",
            "token.update",
            "token.renew",
            "token.revoke",
            "principal.update",
            "principal.delete",
            "principal.delete");
    JsonNode renamed = entries.get(2);
    assertThat(renamed.propertyNames())
        .containsExactly(
            "id",
            "at",
            "actor",
            "actorToken",
            "address",
            "action",
            "outcome",
            "principal",
            "organization",
            "token",
            "before",
            "after",
            "detail",
            "seal");
    assertThat(of(renamed, "at")).isEqualTo(clock.instant().toString());
    assertThat(of(renamed, "actor")).isEqualTo("operator");
    assertThat(of(renamed, "address")).isEqualTo("127.0.0.1");
    assertThat(of(renamed, "outcome")).isEqualTo("done");
    assertThat(of(renamed, "organization")).isEqualTo("acme");
    assertThat(of(renamed, "token")).isEqualTo(id);
    assertThat(renamed.get("before").toString()).isEqualTo("{\"name\":\"ci\"}");
    assertThat(renamed.get("after").toString()).isEqualTo("{\"name\":\"renamed\"}");
  }

  @Test
  void writesNothingWhereNothingChanged() {
    String owner = principal("acme");
    String id = idOf(token(owner));
    operator.patch("/v1/tokens/" + id, "{\"name\":\"ci\"}");
    operator.patch("/v1/principals/" + owner, "{\"enabled\":true}");
    operator.delete("/v1/tokens/" + id);
    operator.delete("/v1/tokens/" + id);
    assertThat(audit("principal=" + owner)).hasSize(3);
  }

  @Test
  void holdsNoSecret() {
    String owner = principal("acme");
    Asker.Answer created = token(owner);
    Asker.Answer again = operator.send("POST", "/v1/tokens/" + idOf(created) + "/regenerate");
    assertThat(audit("principal=" + owner).toString())
        .doesNotContain(created.at("/secret"), again.at("/secret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PATCH | /v1/principals/%1$s | {\"scopes\":[\"pcat_secret\"]} | principal.update | 422:"
            + " scopes[0]",
        "PATCH | /v1/principals/%1$s | {\"pcat_secret\":1} | principal.update | 422: an unknown"
            + " field",
        "PATCH | /v1/principals/%1$s | pcat_secret | principal.update | 400: ",
        "POST | /v1/principals | {\"id\":\"%1$s\",\"kind\":\"user\",\"scopes\":[]} |"
            + " principal.create | 409: id",
        "POST | /v1/tokens | {\"principal\":\"%1$s\",\"kind\":\"api\",\"tags\":{\"pcat_secret\":1}}"
            + " | token.create | 422: name, scopes, tags",
        "POST | /v1/tokens/revoke | {\"principal\":\"%1$s\",\"olderThan\":\"pcat_secret\"} |"
            + " token.revoke | 422: olderThan",
        "GET | /v1/tokens?principal=%1$s&status=pcat_secret | {} | token.read | 400: status",
        "GET | /v1/audit?principal=%1$s&cursor=pcat_secret | {} | audit.read | 400: cursor",
      })
  void tellsOfARefusedCallWhichFieldsWereWrongButNotWhatWasInThem(
      String method, String path, String body, String action, String detail) {
    String owner = principal("acme");
    operator.json(method, path.formatted(owner), body.formatted(owner));
    JsonNode entry = refusals("principal=" + owner, 1).getFirst();
    assertThat(of(entry, "action")).isEqualTo(action);
    assertThat(of(entry, "actor")).isEqualTo("operator");
    assertThat(of(entry, "address")).isEqualTo("127.0.0.1");
    assertThat(of(entry, "detail")).startsWith(detail);
    assertThat(entry.toString()).doesNotContain("pcat_secret");
  }

  @Test
  void tellsOfATokenThatWasAskedForInVain() {
    operator.get("/v1/tokens/never-there-1");
    assertThat(of(refusals("token=never-there-1", 1).getFirst(), "detail"))
        .isEqualTo("404: there is no such token");
    String revoked = idOf(token(principal("acme")));
    operator.delete("/v1/tokens/" + revoked);
    operator.send("POST", "/v1/tokens/" + revoked + "/regenerate");
    assertThat(of(refusals("token=" + revoked, 1).getFirst(), "action"))
        .isEqualTo("token.regenerate");
  }

  @Test
  void tellsOfOperatorsWhoMayNotAndOfNobodyKnown() {
    Asker delegate = delegate("acme", "portcullis/tokens:read");
    delegate.delete("/v1/tokens/not-for-you");
    JsonNode refused = refusals("token=not-for-you", 1).getFirst();
    assertThat(of(refused, "organization")).isEqualTo("acme");
    assertThat(of(refused, "actor")).startsWith("principal-");
    assertThat(of(refused, "actorToken")).isNotEmpty();
    assertThat(of(refused, "detail"))
        .isEqualTo("403: this needs the scope portcullis/tokens:revoke");
    anonymous().delete("/v1/tokens/not-for-anybody");
    asking("pcat_secret").delete("/v1/tokens/not-for-anybody");
    List<JsonNode> unknown = refusals("actor=anonymous", 2);
    assertThat(unknown.stream().map(it -> of(it, "detail")))
        .allSatisfy(it -> assertThat(it).endsWith("; it named token not-for-anybody"));
    assertThat(audit("token=not-for-anybody")).isEmpty();
    assertThat(unknown.toString()).doesNotContain("pcat_secret");
  }

  @Test
  void notesTokensThatAreNoOperatorsUpToARateOnly() {
    String owner = principal("acme");
    Asker stranger = asking(token(owner).at("/secret"));
    for (int i = 0; i < 40; i++) {
      stranger.delete("/v1/tokens/flood").isRefusal(403);
    }
    principal("acme");
    assertThat(audit("actor=" + owner))
        .hasSizeLessThanOrEqualTo(20)
        .allSatisfy(it -> assertThat(of(it, "detail")).contains("; it named token flood"));
    assertThat(audit("token=flood")).isEmpty();
    ticker.advance(Duration.ofSeconds(20));
  }

  @Test
  void verifiesFromCursorToCursor() {
    token(principal("acme"));
    JsonNode whole = operator.get("/v1/audit/verify").json();
    assertThat(whole.get("problems")).isEmpty();
    assertThat(whole.get("next").isNull()).isTrue();
    long counted = 0;
    String cursor = "";
    do {
      JsonNode part = operator.get("/v1/audit/verify?limit=7" + cursor).json();
      counted += part.get("verified").asLong();
      assertThat(part.get("problems")).isEmpty();
      cursor = part.get("next").isNull() ? "" : "&cursor=" + part.get("next").asString();
    } while (!cursor.isEmpty());
    assertThat(counted).isEqualTo(whole.get("total").asLong());
  }

  @Test
  void exportsAllThatMatchesLineByLine() {
    String owner = principal("acme");
    for (int i = 0; i < 250; i++) {
      token(owner);
    }
    List<String> lines =
        operator
            .adding("Accept", "application/x-ndjson")
            .get("/v1/audit?action=token.create&principal=" + owner)
            .response()
            .body()
            .lines()
            .toList();
    assertThat(lines).hasSize(250);
    assertThat(lines.getFirst())
        .isEqualTo(audit("action=token.create&principal=" + owner).getFirst().toString());
  }

  @Test
  void pagesThroughWhatMatches() {
    String owner = principal("acme");
    token(owner);
    token(owner);
    List<String> ids = new ArrayList<>();
    Asker.Answer page = operator.get("/v1/audit?limit=2&principal=" + owner);
    while (true) {
      ids.addAll(page.ids());
      if (!page.json().hasNonNull("next")) {
        break;
      }
      page = operator.get("/v1/audit?limit=2&principal=" + owner + "&cursor=" + page.at("/next"));
    }
    assertThat(ids).hasSize(3).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, application/json",
    "*/*, application/json",
    "application/*, application/json",
    "'text/html, application/x-ndjson', application/x-ndjson",
  })
  void answersInTheTypeThatIsAccepted(String accepted, String type) {
    assertThat(operator.adding("Accept", accepted).get("/v1/audit").header("Content-Type"))
        .isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({"text/html", "nonsense"})
  void refusesATypeItDoesNotWrite(String accepted) {
    operator.adding("Accept", accepted).get("/v1/audit").isRefusal(406);
  }

  @Test
  void showsAnOrganizationsOperatorNothingOfAnother() {
    String theirs = principal("other");
    Asker delegate = delegate("acme", "portcullis/audit:read");
    assertThat(delegate.get("/v1/audit?principal=" + theirs).json())
        .isEqualTo(delegate.get("/v1/audit?principal=nobody").json());
    assertThat(delegate.get("/v1/audit?organization=other").json().get("items")).isEmpty();
    assertThat(delegate.adding("Accept", "application/x-ndjson").get("/v1/audit").lines())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(of(it, "organization")).isEqualTo("acme"));
    delegate.get("/v1/audit/verify").isRefusal(403);
    delegate.get("/v1/tokens/" + theirs);
    assertThat(delegate.get("/v1/audit?outcome=refused").ids()).isNotEmpty();
  }
}
