package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stax.ai's document on authorization, sentence by sentence, before {@code policies/stax-ai.yaml}.
 *
 * <p>The clicks in its account management page are calls of the control plane here. Not true here:
 * that the host is {@code api.stax.ai}, and that a key can be copied again later from the list; a
 * key is shown once. The document's programs: {@link StaxAiSnippetsTest}.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaxAiScenarioTest {
  private static final String EMAIL = "Email: ada@team.example";

  private static final String FAILURE =
      """
      {
          "success": false,
          "authError": true,
          "error": "Invalid authorization request"
      }\
      """;

  private final TestBed bed;
  private final ShippedPolicy policy = ShippedPolicy.of("stax-ai");

  StaxAiScenarioTest(TestBed bed) {
    this.bed = bed;
    String team = "\"organization\":\"team-a\",\"email\":\"%s@team.example\",\"scopes\":[%s]";
    bed.user("stax-ai-ada", team.formatted("ada", "\"role:team-administrator\""));
    bed.user("stax-ai-tim", team.formatted("tim", "\"role:team-administrator\""));
    bed.user("stax-ai-mia", team.formatted("mia", ""));
  }

  @AfterEach
  void followTheFileAsItIs() {
    bed.follow(policy.text());
  }

  private Issued key(String administrator) {
    return bed.token(administrator, "role:team-administrator");
  }

  private Asker console() {
    return bed.gateway().operator();
  }

  private static void isFailure(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.response().body()).isEqualTo(FAILURE);
    assertThat(answer.response().field("Content-Type")).hasValue("application/json");
    assertThat(answer.response().field("Cache-Control")).hasValue("no-store");
    assertThat(answer.passed()).isEmpty();
  }

  @Test
  @DisplayName("The Stax.ai API uses an API key as an authorization bearer token.")
  void takesAKeyAsBearerToken() {
    Answer answer = bed.ask("GET /", EMAIL, key("stax-ai-ada").bearer());

    assertThat(answer.reason()).isEqualTo(Case.ALLOWED);
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("stax-ai-ada");
    assertThat(answer.upstream("X-Auth-Organization")).containsExactly("team-a");
    assertThat(answer.upstream("Authorization")).isEmpty();
  }

  @Test
  @DisplayName("... can be accessed by sending HTTPS requests to: https://api.stax.ai.")
  void refusesPlainHttpWhereTheFileSaysSo() {
    bed.follow(policy.with("\ntls: optional", "\ntls: required").text());

    Answer answer = bed.ask("GET /", EMAIL, key("stax-ai-ada").bearer());

    assertThat(answer.reason()).isEqualTo("INSECURE_CHANNEL");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.response().body()).contains("\"success\": false", "Use HTTPS");
    assertThat(answer.passed()).isEmpty();
  }

  @Test
  @DisplayName("Only administrators of Stax.ai teams have access to the developer API")
  void refusesWhoIsNoAdministrator() {
    Asker.Answer none =
        console()
            .post(
                "/v1/tokens",
                "{\"principal\":\"stax-ai-mia\",\"kind\":\"api\",\"name\":\"n\","
                    + "\"scopes\":[\"role:team-administrator\"]}");
    assertThat(none.status()).isEqualTo(422);
    Issued empty = bed.issue("stax-ai-mia", "\"kind\":\"personal\"");
    Answer opensNothing = bed.ask("GET /", "Email: mia@team.example", empty.bearer());
    assertThat(opensNothing.reason()).isEqualTo("SCOPE_INSUFFICIENT");
    isFailure(opensNothing, 200);

    Issued key = key("stax-ai-ada");
    console().patch("/v1/principals/stax-ai-ada", "{\"scopes\":[]}");
    isFailure(bed.ask("GET /", EMAIL, key.bearer()), 200);
    console().patch("/v1/principals/stax-ai-ada", "{\"scopes\":[\"role:team-administrator\"]}");
    assertThat(bed.ask("GET /", EMAIL, key.bearer()).reason()).isEqualTo(Case.ALLOWED);
  }

  @ParameterizedTest(name = "it provides access to ALL team stacks and files: {0}")
  @MethodSource("teamsThings")
  void opensAllOfTheTeam(String line) {
    Answer answer = bed.ask(line, EMAIL, key("stax-ai-ada").bearer());

    assertThat(answer.reason()).isEqualTo(Case.ALLOWED);
    assertThat(answer.upstream("X-Auth-Organization")).containsExactly("team-a");
  }

  static Stream<String> teamsThings() {
    return Stream.of(
        "GET /stack/list",
        "GET /document/get?id=1",
        "POST /document/upload",
        "POST /stack/share",
        "POST /module/create",
        "GET /tpa/plan/list",
        "POST /tpa/account/create");
  }

  @Test
  @DisplayName("Your team account must be activated. You cannot use the API in trial mode.")
  void refusesATeamOnTrial() {
    Issued key = key("stax-ai-tim");
    String email = "Email: tim@team.example";
    console().patch("/v1/principals/stax-ai-tim", "{\"enabled\":false}");
    Answer trial = bed.ask("GET /", email, key.bearer());
    assertThat(trial.reason()).isEqualTo("PRINCIPAL_DISABLED");
    isFailure(trial, 200);

    console().patch("/v1/principals/stax-ai-tim", "{\"enabled\":true}");
    assertThat(bed.ask("GET /", email, key.bearer()).reason()).isEqualTo(Case.ALLOWED);
  }

  @Test
  @DisplayName("A new API key will be generated.")
  void generatesAKeyAndShowsItOnce() {
    Issued key = key("stax-ai-ada");
    Asker.Answer listed = console().get("/v1/tokens?principal=stax-ai-ada");

    assertThat(listed.ids()).contains(key.id());
    assertThat(listed.response().body()).doesNotContain(key.secret());
  }

  @Test
  @DisplayName("You can click on the delete/remove icon next to it to remove/deactivate a key.")
  void removesAKey() {
    Issued key = key("stax-ai-ada");
    Issued other = key("stax-ai-ada");
    bed.ask("GET /", EMAIL, key.bearer());

    assertThat(console().delete("/v1/tokens/" + key.id()).status()).isEqualTo(200);

    isFailure(bed.ask("GET /", EMAIL, key.bearer()), 200);
    assertThat(bed.ask("GET /", EMAIL, other.bearer()).reason()).isEqualTo(Case.ALLOWED);
  }

  @Test
  @DisplayName("All API requests must have a header with your API key to be authenticated.")
  void wantsBothHeaders() {
    Issued key = key("stax-ai-ada");

    Answer withoutKey = bed.ask("GET /", EMAIL);
    assertThat(withoutKey.reason()).isEqualTo("CREDENTIALS_MISSING");
    isFailure(withoutKey, 200);
    Answer withoutEmail = bed.ask("GET /", key.bearer());
    assertThat(withoutEmail.reason()).isEqualTo("EMAIL_MISSING");
    isFailure(withoutEmail, 200);
    Answer anothersEmail = bed.ask("GET /", "Email: tim@team.example", key.bearer());
    assertThat(anothersEmail.reason()).isEqualTo("EMAIL_MISMATCH");
    isFailure(anothersEmail, 200);
    assertThat(bed.ask("GET /", "eMAIL: Ada@Team.Example", key.bearer()).reason())
        .isEqualTo(Case.ALLOWED);
  }

  @Test
  @DisplayName("... your request will still be returned with the 200 HTTP Status (OK) code")
  void failsWithStatus200AndCountsAFailure() {
    double before = failures();

    Answer answer = bed.ask("GET /", EMAIL, "Authorization: Bearer nobodys");

    isFailure(answer, 200);
    assertThat(answer.reason()).isEqualTo("TOKEN_UNKNOWN");
    assertThat(answer.response().field("WWW-Authenticate")).isEmpty();
    assertThat(failures()).isEqualTo(before + 1);
  }

  private double failures() {
    return bed.gateway()
        .metric("portcullis_decisions_total{api=\"stax-ai\",reason=\"TOKEN_UNKNOWN\"");
  }

  @Test
  @DisplayName("(with one line changed: 401 and 403, and the same JSON)")
  void failsWithStatus401And403WhereTheFileSaysSo() {
    bed.follow(policy.with("\nerrors: stax-ai\n", "\nerrors: stax-ai-http\n").text());

    Answer unknown = bed.ask("GET /", EMAIL, "Authorization: Bearer nobodys");
    isFailure(unknown, 401);
    assertThat(unknown.response().field("WWW-Authenticate")).isPresent();
    Issued key = key("stax-ai-ada");
    console().patch("/v1/principals/stax-ai-ada", "{\"scopes\":[]}");
    isFailure(bed.ask("GET /", EMAIL, key.bearer()), 403);
    console().patch("/v1/principals/stax-ai-ada", "{\"scopes\":[\"role:team-administrator\"]}");
  }

  @Test
  @DisplayName("(what is no failure of authentication keeps its status)")
  void keepsTheStatusOfWhatIsNoFailureOfAuthentication() {
    bed.follow(policy.with("\nroutes:\n", "\nlimits: [1 per day]\nroutes:\n").text());
    Issued key = key("stax-ai-ada");
    bed.ask("GET /", EMAIL, key.bearer());

    Answer answer = bed.ask("GET /", EMAIL, key.bearer());

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.response().body())
        .isEqualTo("{\"success\": false, \"authError\": false, \"error\": \"Too Many Requests\"}");
    assertThat(answer.response().field("Retry-After")).isPresent();
  }
}
