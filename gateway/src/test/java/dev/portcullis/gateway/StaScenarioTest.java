package dev.portcullis.gateway;

import static dev.portcullis.gateway.StaKit.USERS;
import static dev.portcullis.gateway.StaKit.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * STA's document on API keys, sentence by sentence, before {@code policies/sta.yaml}: what a key
 * opens. How keys are made, renewed, replaced and renamed: {@link StaKeysScenarioTest}.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaScenarioTest {
  private final TestBed bed;
  private final StaKit sta;

  StaScenarioTest(TestBed bed) {
    this.bed = bed;
    this.sta = new StaKit(bed);
    sta.account("sta-sync", "Q41RKXHPWU", "B7K2MNP0QR");
    sta.account("sta-logs", "Q41RKXHPWU");
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
    Answer answer = bed.ask(line, "APIKey: " + sta.key("sta-sync").secret());

    assertThat(answer.reason()).isEqualTo(Case.ALLOWED);
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("sta-sync");
    assertThat(answer.upstream("apikey")).isEmpty();
    sta.isForbidden("CREDENTIALS_MISSING", line);
  }

  @Test
  @DisplayName("You can generate multiple API keys ... mapped to the same service account.")
  void anAccountHasManyKeys() {
    Issued one = sta.key("sta-sync");
    Issued other = sta.key("sta-sync");

    sta.isAllowed(USERS, one);
    sta.isAllowed(USERS, other);
    assertThat(one.secret()).isNotEqualTo(other.secret());
  }

  @Test
  @DisplayName(
      "The service account ... determines which accounts (tenants) ... the API key has ...")
  void theAccountsTenantsAreOpenAndNoOthers() {
    Issued both = sta.key("sta-sync");
    Issued one = sta.key("sta-logs");

    sta.isAllowed("GET /api/v1/tenants/B7K2MNP0QR/users", both);
    sta.isForbidden("SCOPE_INSUFFICIENT", "GET /api/v1/tenants/B7K2MNP0QR/users", header(one));
    sta.isForbidden("SCOPE_INSUFFICIENT", "GET /tenants/B7K2MNP0QR/scim/v2/Users", header(one));
    for (String wrong : new String[] {"q41rkxhpwu", "Q41RKXHPW", "Q41RKXHPWUX", "*"}) {
      sta.isForbidden(
          "SCOPE_INSUFFICIENT", "GET /api/v1/tenants/" + wrong + "/users", header(both));
    }
  }

  @Test
  @DisplayName("(another tenant for the account is one for all its keys)")
  void theKeyFollowsItsAccount() {
    sta.account("sta-moved", "Q41RKXHPWU");
    Issued key = sta.key("sta-moved");
    sta.isAllowed(USERS, key);

    sta.console().patch("/v1/principals/sta-moved", "{\"scopes\":[\"tenant/C0C0C0C0C0:access\"]}");

    sta.isForbidden("SCOPE_INSUFFICIENT", USERS, header(key));
    sta.isAllowed("GET /api/v1/tenants/C0C0C0C0C0/users", key);
  }

  @Test
  @DisplayName(
      "API keys are not stored ... and cannot be viewed or downloaded from the console later.")
  void aKeyIsShownOnce() {
    Issued key = sta.key("sta-sync");

    assertThat(sta.console().get("/v1/tokens/" + key.id()).response().body())
        .doesNotContain(key.secret());
    assertThat(sta.console().get("/v1/tokens?principal=sta-sync").response().body())
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
  @DisplayName("(the probe .../authorized is answered by the gateway)")
  void tellsWhetherAKeyIsGoodForATenant() {
    Issued key = sta.key("sta-logs");

    Answer good = bed.ask("GET /api/v1/tenants/Q41RKXHPWU/authorized", header(key));
    assertThat(good.status()).isEqualTo(200);
    assertThat(good.response().body()).isEqualTo("{\"authorized\": true}");
    assertThat(good.passed()).isEmpty();
    sta.isForbidden("SCOPE_INSUFFICIENT", "GET /api/v1/tenants/B7K2MNP0QR/authorized", header(key));
    sta.isForbidden(
        "TOKEN_UNKNOWN", "GET /api/v1/tenants/Q41RKXHPWU/authorized", "apikey: nobodys");
  }

  @Test
  @DisplayName("(a key is taken from its header alone)")
  void takesAKeyFromNowhereElse() {
    Issued key = sta.key("sta-logs");

    sta.isForbidden("CREDENTIALS_MISSING", USERS, key.bearer());
    sta.isForbidden("CREDENTIALS_MISSING", USERS + "?apikey=" + key.secret());
    assertThat(bed.ask(USERS, header(key), header(key)).reason())
        .isEqualTo("CREDENTIALS_AMBIGUOUS");
  }
}
