package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.Salt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a request is let through or not, wherever tokens are kept. */
public abstract class ExplainContract extends ControlPlaneKit {

  private static String carrying(String secret, String path) {
    return "{\"method\":\"GET\",\"path\":\"%s\",\"headers\":{\"authorization\":\"Bearer %s\"}}"
        .formatted(path, secret);
  }

  private static String named(String id, String path) {
    return "{\"method\":\"GET\",\"path\":\"%s\",\"tokenId\":\"%s\"}".formatted(path, id);
  }

  private Asker.Answer explain(String json) {
    Asker.Answer answer = operator.post("/v1/explain", json);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer;
  }

  private static List<String> steps(Asker.Answer answer, String outcome) {
    return answer
        .json()
        .get("steps")
        .valueStream()
        .filter(it -> it.get("outcome").asString().equals(outcome))
        .map(it -> it.get("step").asString())
        .toList();
  }

  @Test
  void tellsEachStepOfARequestThatIsAllowed() {
    String owner = principal("acme");
    Asker.Answer created = token(owner);
    Asker.Answer answer = explain(carrying(created.at("/secret"), "/datasets/logs?x=1"));
    assertThat(answer.at("/outcome")).isEqualTo("allowed");
    assertThat(answer.at("/api")).isEqualTo("shop");
    assertThat(answer.at("/route")).isEqualTo("shop:GET /datasets/{dataset}");
    assertThat(answer.at("/tokenId")).isEqualTo(idOf(created));
    assertThat(answer.at("/principal")).isEqualTo(owner);
    assertThat(answer.json().get("reason").isNull()).isTrue();
    assertThat(steps(answer, "refused")).isEmpty();
    assertThat(steps(answer, "passed")).startsWith("path", "route", "channel", "extract", "verify");
    assertThat(answer.response().body()).doesNotContain(created.at("/secret"));
  }

  @Test
  void tellsWhichStepRefusesAndWhatWasNotReached() {
    Asker.Answer created = token(principal("acme"));
    Asker.Answer answer = explain(named(idOf(created), "/datasets/other"));
    assertThat(answer.at("/outcome")).isEqualTo("refused");
    assertThat(answer.at("/reason")).isEqualTo("SCOPE_INSUFFICIENT");
    assertThat(answer.json().get("status").asInt()).isEqualTo(403);
    assertThat(steps(answer, "refused")).containsExactly("scope");
    operator.delete("/v1/tokens/" + idOf(created));
    Asker.Answer revoked = explain(named(idOf(created), "/datasets/logs"));
    assertThat(revoked.at("/reason")).isEqualTo("TOKEN_REVOKED");
    assertThat(steps(revoked, "skipped")).contains("scope");
  }

  @Test
  void tellsOfATokenWhosePrincipalIsGone() {
    String owner = principal("acme");
    String id = idOf(token(owner));
    operator.delete("/v1/principals/" + owner);
    assertThat(explain(named(id, "/datasets/logs")).at("/reason")).isEqualTo("TOKEN_REVOKED");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nowhere, no-route, NO_ROUTE, route, 404",
    "POST, /health, no-route, NO_ROUTE, route, 404",
    "GET, /.portcullis/me, no-route, NO_ROUTE, route, 404",
    "GET, /datasets/a/../b, refused, REQUEST_REJECTED, path, 400",
    "GET, /datasets/%2F, refused, REQUEST_REJECTED, path, 400",
    "GET, /datasets/logs, refused, CREDENTIALS_MISSING, extract, 401",
  })
  void tellsWhatStandsBeforeAnyToken(
      String method, String path, String outcome, String reason, String step, int status) {
    Asker.Answer answer = explain("{\"method\":\"%s\",\"path\":\"%s\"}".formatted(method, path));
    assertThat(answer.at("/outcome")).isEqualTo(outcome);
    assertThat(answer.at("/reason")).isEqualTo(reason);
    assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    assertThat(steps(answer, "refused")).containsExactly(step);
  }

  @Test
  void tellsOfOpenRoutesAndOfShadows() {
    assertThat(explain("{\"method\":\"GET\",\"path\":\"/health\"}").at("/outcome"))
        .isEqualTo("open");
    Asker.Answer shadow = explain("{\"method\":\"GET\",\"path\":\"/new\"}");
    assertThat(shadow.at("/outcome")).isEqualTo("refused");
    assertThat(shadow.json().get("shadow").asBoolean()).isTrue();
  }

  @Test
  void readsHeadersInUtf8AndRepeatedOnes() {
    String owner = principal("acme");
    String secret = token(owner).at("/secret");
    operator.patch("/v1/principals/" + owner, "{\"email\":\"ådå@example.org\"}");
    String json =
        "{\"method\":\"GET\",\"path\":\"/datasets/logs\",\"headers\":{\"Email\":\"%s\",\"Authorization\":%s}}";
    String one = "[\"Bearer " + secret + "\"]";
    assertThat(explain(json.formatted("ÅDÅ@example.org", one)).at("/outcome")).isEqualTo("allowed");
    assertThat(explain(json.formatted("eve@example.org", one)).at("/reason"))
        .isEqualTo("EMAIL_MISMATCH");
    String two = "[\"Bearer a\",\"Bearer b\"]";
    assertThat(explain(json.formatted("eve@example.org", two)).at("/reason"))
        .isEqualTo("CREDENTIALS_AMBIGUOUS");
  }

  @Test
  void looksFromTheAddressThatIsNamed() {
    String id = idOf(token(principal("acme"), "\"allowedAddresses\":[\"10.0.0.0/8\"]"));
    String from = named(id, "/datasets/logs").replace("}", ",\"address\":\"%s\"}");
    assertThat(explain(from.formatted("10.1.2.3")).at("/outcome")).isEqualTo("allowed");
    assertThat(explain(from.formatted("192.0.2.1")).at("/reason")).isEqualTo("ADDRESS_NOT_ALLOWED");
  }

  @Test
  void answersAnOrganizationsOperatorForAnothersTokenAsForNone() {
    Asker.Answer theirs = token(principal("other"));
    Asker delegate = delegate("acme", "portcullis/requests:explain");
    String unknown = ControlPlane.PEPPERS.mint("pcat_", Salt.fresh()).secret().reveal();
    assertThat(
            delegate.post("/v1/explain", carrying(theirs.at("/secret"), "/datasets/logs")).json())
        .isEqualTo(delegate.post("/v1/explain", carrying(unknown, "/datasets/logs")).json());
    Asker.Answer named = delegate.post("/v1/explain", named(idOf(theirs), "/datasets/logs"));
    named.isRefusal(422, "tokenId");
    assertThat(named.json())
        .isEqualTo(delegate.post("/v1/explain", named("nothing", "/datasets/logs")).json());
    Asker.Answer own = token(principal("acme"));
    assertThat(
            delegate
                .post("/v1/explain", carrying(own.at("/secret"), "/datasets/logs"))
                .at("/outcome"))
        .isEqualTo("allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"path\":\"/\"} | method",
        "{\"method\":\"G T\",\"path\":\"/\"} | method",
        "{\"method\":\"GET\"} | path",
        "{\"method\":\"GET\",\"path\":\"x\"} | path",
        "{\"method\":\"GET\",\"path\":\"/a\\nb\"} | path",
        "{\"method\":\"GET\",\"path\":\"/\",\"headers\":[]} | headers",
        "{\"method\":\"GET\",\"path\":\"/\",\"headers\":{\"a b\":\"c\"}} | headers",
        "{\"method\":\"GET\",\"path\":\"/\",\"headers\":{\"a\":7}} | headers.a",
        "{\"method\":\"GET\",\"path\":\"/\",\"headers\":{\"a\":\"b\\r\\nc\"}} | headers.a",
        "{\"method\":\"GET\",\"path\":\"/\",\"address\":\"example.org\"} | address",
        "{\"method\":\"GET\",\"path\":\"/\",\"address\":\"1\"} | address",
        "{\"method\":\"GET\",\"path\":\"/\",\"address\":\"10.0.0.0/8\"} | address",
        "{\"method\":\"GET\",\"path\":\"/\",\"secure\":\"yes\"} | secure",
        "{\"method\":\"GET\",\"path\":\"/\",\"tokenId\":\"a b\"} | tokenId",
        "{\"method\":\"GET\",\"path\":\"/\",\"body\":\"x\"} | body",
      })
  void namesTheFieldThatIsWrong(String json, String field) {
    operator.post("/v1/explain", json).isRefusal(422, field);
  }

  @Test
  void writesNothing() {
    String owner = principal("acme");
    Asker.Answer created = token(owner);
    explain(carrying(created.at("/secret"), "/datasets/logs"));
    assertThat(audit("principal=" + owner)).hasSize(2);
    assertThat(operator.get("/v1/tokens/" + idOf(created)).json())
        .isEqualTo(created.json().get("token"));
  }
}
