package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.cli.CommandLineRun;
import dev.portcullis.gateway.control.Asker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * STA's document on API keys, sentence by sentence, before {@code policies/sta.yaml}.
 *
 * <p>The console's dialogs are calls of the control plane here, its Download the command line's
 * {@code --save}. No program can make true: make sure that you copy or download the API key, so
 * that you can use it later.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaScenarioTest {
  private static final String USERS = "GET /api/v1/tenants/Q41RKXHPWU/users";

  private final TestBed bed;

  StaScenarioTest(TestBed bed) {
    this.bed = bed;
    account("sta-sync", "Q41RKXHPWU", "B7K2MNP0QR");
    account("sta-logs", "Q41RKXHPWU");
  }

  private void account(String id, String... tenants) {
    String scopes = "tenant/" + String.join(":access\",\"tenant/", tenants) + ":access";
    bed.principal(id, "service-account", "\"scopes\":[\"" + scopes + "\"]");
  }

  /** A key has nothing of its own: it may what its service account may. */
  private Issued key(String account) {
    return bed.issue(account, "\"api\":\"sta\",\"kind\":\"personal\"");
  }

  private Asker console() {
    return bed.gateway().operator();
  }

  private static String header(Issued key) {
    return "apikey: " + key.secret();
  }

  private void isAllowed(String line, Issued key) {
    assertThat(bed.ask(line, header(key)).reason()).as(line).isEqualTo(Case.ALLOWED);
  }

  private void isForbidden(String reason, Answer answer) {
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.response().body()).contains("\"Forbidden\"");
    assertThat(answer.response().field("WWW-Authenticate")).isEmpty();
    assertThat(answer.passed()).isEmpty();
  }

  @ParameterizedTest(name = "The REST API for STA and the SCIM API for STA use API keys: {0}")
  @ValueSource(
      strings = {
        USERS,
        "POST /api/v1/tenants/Q41RKXHPWU/users",
        "DELETE /api/v1/tenants/Q41RKXHPWU/groups/g1/members/u1",
        "GET /api/v1/tenants/Q41RKXHPWU/logs?since=2026-01-01T00:00:00Z",
        "GET /tenants/Q41RKXHPWU/scim/v2/Users",
        "PATCH /tenants/Q41RKXHPWU/scim/v2/Groups/g1",
      })
  void aKeyProvidesFullAccessToTheApis(String line) {
    Answer answer = bed.ask(line, "APIKey: " + key("sta-sync").secret());

    assertThat(answer.reason()).isEqualTo(Case.ALLOWED);
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("sta-sync");
    assertThat(answer.upstream("apikey")).isEmpty();
    isForbidden("CREDENTIALS_MISSING", bed.ask(line));
  }

  @Test
  @DisplayName("You can generate multiple API keys ... mapped to the same service account.")
  void anAccountHasManyKeys() {
    Issued one = key("sta-sync");
    Issued other = key("sta-sync");

    isAllowed(USERS, one);
    isAllowed(USERS, other);
    assertThat(one.secret()).isNotEqualTo(other.secret());
  }

  @Test
  @DisplayName(
      "The service account ... determines which accounts (tenants) ... the API key has ...")
  void theAccountsTenantsAreOpenAndNoOthers() {
    Issued both = key("sta-sync");
    Issued one = key("sta-logs");

    isAllowed("GET /api/v1/tenants/B7K2MNP0QR/users", both);
    isForbidden("SCOPE_INSUFFICIENT", bed.ask("GET /api/v1/tenants/B7K2MNP0QR/users", header(one)));
    isForbidden(
        "SCOPE_INSUFFICIENT", bed.ask("GET /tenants/B7K2MNP0QR/scim/v2/Users", header(one)));
    for (String wrong : new String[] {"q41rkxhpwu", "Q41RKXHPW", "Q41RKXHPWUX", "*"}) {
      isForbidden(
          "SCOPE_INSUFFICIENT", bed.ask("GET /api/v1/tenants/" + wrong + "/users", header(both)));
    }
  }

  @Test
  @DisplayName("(another tenant for the account is one for all its keys)")
  void theKeyFollowsItsAccount() {
    account("sta-moved", "Q41RKXHPWU");
    Issued key = key("sta-moved");
    isAllowed(USERS, key);

    console().patch("/v1/principals/sta-moved", "{\"scopes\":[\"tenant/C0C0C0C0C0:access\"]}");

    isForbidden("SCOPE_INSUFFICIENT", bed.ask(USERS, header(key)));
    isAllowed("GET /api/v1/tenants/C0C0C0C0C0/users", key);
  }

  @Test
  @DisplayName(
      "API keys are not stored ... and cannot be viewed or downloaded from the console later.")
  void aKeyIsShownOnce() {
    Issued key = key("sta-sync");

    assertThat(console().get("/v1/tokens/" + key.id()).response().body())
        .doesNotContain(key.secret());
    assertThat(console().get("/v1/tokens?principal=sta-sync").response().body())
        .contains(key.id())
        .doesNotContain(key.secret());
    assertThat(bed.redis().run("HGETALL", record(key)))
        .contains("sta-sync")
        .doesNotContain(key.secret());
  }

  private String record(Issued key) {
    return "{portcullis}:token:" + bed.redis().run("HGET", "{portcullis}:token-hashes", key.id());
  }

  @Test
  @DisplayName("Changes to the API keys are recorded in the audit logs ... the user IDs")
  void changesAreRecordedWithTheAccountsUserId() {
    account("sta-audited", "Q41RKXHPWU");
    Issued key = key("sta-audited");
    console().patch("/v1/tokens/" + key.id(), "{\"name\":\"renamed\"}");
    bed.gateway().clock().advance(Duration.ofDays(1));
    console().post("/v1/tokens/" + key.id() + "/renew", "{}");
    console().delete("/v1/tokens/" + key.id());

    Asker.Answer log = console().get("/v1/audit?token=" + key.id());

    assertThat(log.json().path("items").valueStream().map(item -> item.get("action").asString()))
        .containsExactlyInAnyOrder("token.create", "token.update", "token.renew", "token.revoke");
    assertThat(log.json().path("items").valueStream().map(item -> item.get("principal").asString()))
        .containsOnly("sta-audited");
  }

  @Test
  @DisplayName("Each API key can be associated with only one service account.")
  void aKeyHasOneAccountForGood() {
    Asker.Answer two =
        console()
            .post(
                "/v1/tokens",
                "{\"principal\":[\"sta-sync\",\"sta-logs\"],\"kind\":\"personal\",\"name\":\"n\"}");
    assertThat(two.status()).isEqualTo(422);
    Asker.Answer moved =
        console().patch("/v1/tokens/" + key("sta-sync").id(), "{\"principal\":\"sta-logs\"}");
    assertThat(moved.status()).isEqualTo(422);
    assertThat(moved.response().body()).contains("principal");
  }

  @Test
  @DisplayName("The API key is downloaded as a text file: APIKey-<API key name>-<created date>.key")
  void downloadsTheKeyAsATextFile(@TempDir Path directory) throws IOException {
    CommandLineRun line =
        new CommandLineRun(directory)
            .against(console().base())
            .environment("PORTCULLIS_OPERATOR_TOKEN", GatewayProcess.OPERATOR_TOKEN);
    String date = bed.gateway().clock().instant().toString().substring(0, "2026-06-01".length());

    int exitCode =
        line.run(
            "token",
            "create",
            "--principal",
            "sta-sync",
            "--api",
            "sta",
            "--kind",
            "personal",
            "--name",
            "nightly",
            "--save");

    assertThat(exitCode).as(line.err()).isZero();
    String secret = Files.readString(directory.resolve("APIKey-nightly-" + date + ".key")).strip();
    assertThat(line.out()).contains("nightly").doesNotContain(secret);
    assertThat(bed.ask(USERS, "apikey: " + secret).reason()).isEqualTo(Case.ALLOWED);
    assertThat(line.run("token", "list", "--principal", "sta-sync")).isZero();
    assertThat(line.out()).as("The new API key is listed").contains("nightly");
  }

  @Test
  @DisplayName("Renew: The expiry date is extended and the new date is displayed.")
  void renewsTheSameKey() {
    Issued key = key("sta-sync");
    Instant end = end(console().get("/v1/tokens/" + key.id()));
    bed.gateway().clock().advance(Duration.ofDays(100));

    Asker.Answer renewed = console().post("/v1/tokens/" + key.id() + "/renew", "{}");

    assertThat(end(renewed)).isEqualTo(end.plus(Duration.ofDays(100)));
    bed.gateway().clock().advance(Duration.between(bed.gateway().clock().instant(), end));
    isAllowed(USERS, key);
    bed.gateway().clock().advance(Duration.ofDays(100));
    isForbidden("TOKEN_EXPIRED", bed.ask(USERS, header(key)));
    console().post("/v1/tokens/" + key.id() + "/renew", "{}");
    isAllowed(USERS, key);
  }

  private static Instant end(Asker.Answer token) {
    return Instant.parse(token.at("/expiresAt"));
  }

  @Test
  @DisplayName("Deleting an API key revokes access; to replace it, generate a new key.")
  void replacesALostKey() {
    Issued lost = key("sta-sync");
    isAllowed(USERS, lost);

    console().delete("/v1/tokens/" + lost.id());
    Issued fresh = key("sta-sync");

    isForbidden("TOKEN_REVOKED", bed.ask(USERS, header(lost)));
    isAllowed(USERS, fresh);
  }

  @Test
  @DisplayName("The only change that you can make to an API key is to rename it.")
  void onlyTheNameCanBeChanged() {
    Issued key = key("sta-sync");
    String path = "/v1/tokens/" + key.id();

    assertThat(console().patch(path, "{\"name\":\"friendly\"}").at("/name")).isEqualTo("friendly");
    for (String change :
        new String[] {
          "{\"description\":\"d\"}",
          "{\"tags\":{\"a\":\"b\"}}",
          "{\"scopes\":[\"*:*\"]}",
          "{\"kind\":\"api\"}",
          "{\"expiresAt\":\"2030-01-01T00:00:00Z\"}"
        }) {
      assertThat(console().patch(path, change).status()).as(change).isEqualTo(422);
    }
    assertThat(console().patch(path, "{\"description\":\"d\"}").response().body())
        .contains("of tokens of API 'sta' only name can be changed");
    isAllowed(USERS, key);
  }

  @Test
  @DisplayName("(the probe .../authorized is answered by the gateway)")
  void tellsWhetherAKeyIsGoodForATenant() {
    Issued key = key("sta-logs");

    Answer good = bed.ask("GET /api/v1/tenants/Q41RKXHPWU/authorized", header(key));
    assertThat(good.status()).isEqualTo(200);
    assertThat(good.response().body()).isEqualTo("{\"authorized\": true}");
    assertThat(good.passed()).isEmpty();
    isForbidden(
        "SCOPE_INSUFFICIENT", bed.ask("GET /api/v1/tenants/B7K2MNP0QR/authorized", header(key)));
    isForbidden(
        "TOKEN_UNKNOWN", bed.ask("GET /api/v1/tenants/Q41RKXHPWU/authorized", "apikey: nobodys"));
  }

  @Test
  @DisplayName("(a key is taken from its header alone)")
  void takesAKeyFromNowhereElse() {
    Issued key = key("sta-logs");

    isForbidden("CREDENTIALS_MISSING", bed.ask(USERS, key.bearer()));
    isForbidden("CREDENTIALS_MISSING", bed.ask(USERS + "?apikey=" + key.secret()));
    assertThat(bed.ask(USERS, header(key), header(key)).reason())
        .isEqualTo("CREDENTIALS_AMBIGUOUS");
  }
}
