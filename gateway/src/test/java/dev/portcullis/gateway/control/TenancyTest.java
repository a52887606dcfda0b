package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.InMemoryStore;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator of one organization can see and give away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenancyTest {
  private final TestClock clock = new TestClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final ControlPlane plane = new ControlPlane(store, clock);
  private final Asker first = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);
  private Asker ofA = first;
  private String tokenOfA = "";
  private String tokenOfB = "";

  @BeforeAll
  void twoOrganizations() {
    principal("admin-a", "a", "portcullis/tokens:*", "portcullis/principals:*");
    principal("user-a", "a", "dataset/*:*");
    principal("root-a", "a", "portcullis/*:*");
    principal("user-b", "b", "dataset/*:*");
    Asker.Answer admin =
        first.post(
            "/v1/tokens", "{\"principal\":\"admin-a\",\"kind\":\"personal\",\"name\":\"admin\"}");
    ofA = Asker.with(plane.uri(), admin.at("/secret"));
    tokenOfA = token(first, "user-a").at("/token/id");
    tokenOfB = token(first, "user-b").at("/token/id");
  }

  @AfterAll
  void stop() {
    plane.close();
  }

  private void principal(String id, String organization, String... scopes) {
    Asker.Answer answer = create(first, id, organization, scopes);
    assertThat(answer.status()).isEqualTo(201);
  }

  private static Asker.Answer create(
      Asker operator, String id, String organization, String... scopes) {
    return operator.post(
        "/v1/principals",
        "{\"id\":\"%s\",\"kind\":\"user\",\"organization\":\"%s\",\"scopes\":[\"%s\"]}"
            .formatted(id, organization, String.join("\",\"", scopes)));
  }

  private static Asker.Answer token(Asker operator, String principal) {
    return operator.post(
        "/v1/tokens",
        "{\"principal\":\"%s\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"dataset/x:read\"]}"
            .formatted(principal));
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "DELETE, ''", "POST, /revoke"})
  void answersForAnotherOrganizationsTokenAsForNone(String method, String suffix) {
    Asker.Answer other = ofA.send(method, "/v1/tokens/" + tokenOfB + suffix);
    Asker.Answer none = ofA.send(method, "/v1/tokens/01kdvbs6800000000000000000" + suffix);
    assertThat(other.status()).isEqualTo(404);
    assertThat(other.json()).isEqualTo(none.json());
    assertThat(first.get("/v1/tokens/" + tokenOfB).at("/status")).isEqualTo("active");
  }

  @Test
  void answersForAnotherOrganizationsPrincipalAsForNone() {
    assertThat(ofA.get("/v1/principals/user-b").json())
        .isEqualTo(ofA.get("/v1/principals/nobody").json());
    assertThat(token(ofA, "user-b").json()).isEqualTo(token(ofA, "nobody").json());
  }

  @Test
  void listsOnlyItsOwnOrganization() {
    assertThat(ofA.get("/v1/tokens").response().body()).contains(tokenOfA).doesNotContain(tokenOfB);
    assertThat(ofA.get("/v1/tokens?principal=user-b").json())
        .isEqualTo(ofA.get("/v1/tokens?principal=nobody").json());
    assertThat(ofA.get("/v1/tokens?organization=b").json().get("items")).isEmpty();
    assertThat(ofA.get("/v1/principals").response().body())
        .contains("user-a")
        .doesNotContain("user-b");
    assertThat(first.get("/v1/tokens").response().body()).contains(tokenOfA, tokenOfB);
  }

  @Test
  void createsOnlyWithinItsOwnOrganization() {
    assertThat(create(ofA, "new-a", "a", "x:y").status()).isEqualTo(201);
    assertThat(create(ofA, "new-b", "b", "x:y").fields()).containsExactly("organization");
    Asker.Answer nowhere =
        ofA.post("/v1/principals", "{\"id\":\"new\",\"kind\":\"user\",\"scopes\":[]}");
    assertThat(nowhere.fields()).containsExactly("organization");
  }

  @Test
  void revokesWithinItsOwnOrganization() {
    String id = token(ofA, "user-a").at("/token/id");
    assertThat(ofA.send("DELETE", "/v1/tokens/" + id).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "portcullis/audit:read",
    "portcullis/*:create",
    "portcullis/*:*",
  })
  void givesNoControlPlaneScopeThatItLacks(String scope) {
    assertThat(create(ofA, "climber", "a", "x:y", scope).fields()).containsExactly("scopes[1]");
    assertThat(
            ofA.post(
                    "/v1/tokens",
                    "{\"principal\":\"root-a\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"%s\"]}"
                        .formatted(scope))
                .fields())
        .containsExactly("scopes[0]");
  }

  @ParameterizedTest
  @CsvSource({"portcullis/tokens:read", "portcullis/*:*"})
  void takesAControlPlaneScopeForBeyondOneWhoMayDoAnythingWithTheApis(String scope) {
    principal("chief-of-" + scope.length(), "a", "*:*");
    assertThat(
            first
                .post(
                    "/v1/tokens",
                    "{\"principal\":\"chief-of-%d\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"*:*\",\"%s\"]}"
                        .formatted(scope.length(), scope))
                .fields())
        .containsExactly("scopes[1]");
  }

  @Test
  void makesNoPersonalTokenForOneWhoMayDoMore() {
    assertThat(
            ofA.post(
                    "/v1/tokens", "{\"principal\":\"root-a\",\"kind\":\"personal\",\"name\":\"n\"}")
                .fields())
        .containsExactly("principal");
  }

  @Test
  void givesControlPlaneScopesThatItHas() {
    assertThat(create(ofA, "helper-a", "a", "portcullis/tokens:read", "*:*").status())
        .isEqualTo(201);
  }

  @Test
  void keepsTheSameEmailInTwoOrganizationsApart() {
    String json =
        "{\"id\":\"%s\",\"kind\":\"user\",\"email\":\"eve@example.org\",\"organization\":\"%s\","
            + "\"scopes\":[\"dataset/*:*\"]}";
    assertThat(first.post("/v1/principals", json.formatted("eve-a", "a")).status()).isEqualTo(201);
    assertThat(first.post("/v1/principals", json.formatted("eve-b", "b")).status()).isEqualTo(201);
    List<String> organizations =
        List.of(
            token(first, "eve-a").at("/token/organization"),
            token(first, "eve-b").at("/token/organization"));
    assertThat(organizations).containsExactly("a", "b");
  }
}
