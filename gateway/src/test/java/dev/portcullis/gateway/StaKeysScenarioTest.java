package dev.portcullis.gateway;

import static dev.portcullis.gateway.StaKit.USERS;
import static dev.portcullis.gateway.StaKit.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/**
 * How API keys are made, renewed, replaced and renamed, by STA's document, before {@code
 * policies/sta.yaml}.
 *
 * <p>The console's dialogs are calls of the control plane here, its Download the command line's
 * {@code --save}. No program can make true: make sure that you copy or download the API key, so
 * that you can use it later.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaKeysScenarioTest {
  private final TestBed bed;
  private final StaKit sta;

  StaKeysScenarioTest(TestBed bed) {
    this.bed = bed;
    this.sta = new StaKit(bed);
    sta.account("sta-nightly", "Q41RKXHPWU");
    sta.account("sta-weekly", "Q41RKXHPWU");
    sta.account("sta-used", "Q41RKXHPWU");
  }

  @Test
  @DisplayName("Changes to the API keys are recorded in the audit logs ... the user IDs")
  void changesAreRecordedWithTheAccountsUserId() {
    sta.account("sta-audited", "Q41RKXHPWU");
    Issued key = sta.key("sta-audited");
    sta.console().patch("/v1/tokens/" + key.id(), "{\"name\":\"renamed\"}");
    bed.gateway().clock().advance(Duration.ofDays(1));
    sta.console().post("/v1/tokens/" + key.id() + "/renew", "{}");
    sta.console().delete("/v1/tokens/" + key.id());

    Asker.Answer log = sta.console().get("/v1/audit?token=" + key.id());

    assertThat(log.json().path("items").valueStream().map(item -> item.get("action").asString()))
        .containsExactlyInAnyOrder("token.create", "token.update", "token.renew", "token.revoke");
    assertThat(log.json().path("items").valueStream().map(item -> item.get("principal").asString()))
        .containsOnly("sta-audited");
  }

  @Test
  @DisplayName("... so that you can audit the access and usage of the STA services")
  void usageIsRecordedWithTheAccountsUserId() {
    Issued key = sta.key("sta-used");
    sta.isAllowed(USERS + "?filter=secret-name", key);

    String usage = "/v1/audit?action=request&token=" + key.id();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(sta.console().get(usage).response().body())
                    .contains("GET /api/v1/tenants/Q41RKXHPWU/users -> 200", "\"sta-used\"")
                    .doesNotContain("secret-name", key.secret()));
  }

  @Test
  @DisplayName("Each API key can be associated with only one service account.")
  void aKeyHasOneAccountForGood() {
    Asker.Answer two =
        sta.console()
            .post(
                "/v1/tokens",
                "{\"principal\":[\"sta-nightly\",\"sta-weekly\"],\"kind\":\"personal\",\"name\":\"n\"}");
    assertThat(two.status()).isEqualTo(422);
    Asker.Answer moved =
        sta.console()
            .patch("/v1/tokens/" + sta.key("sta-nightly").id(), "{\"principal\":\"sta-weekly\"}");
    assertThat(moved.status()).isEqualTo(422);
    assertThat(moved.response().body()).contains("principal");
  }

  @Test
  @DisplayName("The API key is downloaded as a text file: APIKey-<API key name>-<created date>.key")
  void downloadsTheKeyAsATextFile(@TempDir Path directory) throws IOException {
    CommandLineRun line =
        new CommandLineRun(directory)
            .against(sta.console().base())
            .environment("PORTCULLIS_OPERATOR_TOKEN", GatewayProcess.OPERATOR_TOKEN);
    String date = bed.gateway().clock().instant().toString().substring(0, "2026-06-01".length());

    int exitCode =
        line.run(
            "token",
            "create",
            "--principal",
            "sta-nightly",
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
    assertThat(line.run("token", "list", "--principal", "sta-nightly")).isZero();
    assertThat(line.out()).as("The new API key is listed").contains("nightly");
  }

  @Test
  @DisplayName("Renew: The expiry date is extended and the new date is displayed.")
  void renewsTheSameKey() {
    Issued key = sta.key("sta-nightly");
    Instant end = end(sta.console().get("/v1/tokens/" + key.id()));
    bed.gateway().clock().advance(Duration.ofDays(100));

    Asker.Answer renewed = sta.console().post("/v1/tokens/" + key.id() + "/renew", "{}");

    assertThat(end(renewed)).isEqualTo(end.plus(Duration.ofDays(100)));
    bed.gateway().clock().advance(Duration.between(bed.gateway().clock().instant(), end));
    sta.isAllowed(USERS, key);
    bed.gateway().clock().advance(Duration.ofDays(100));
    sta.isForbidden("TOKEN_EXPIRED", USERS, header(key));
    sta.console().post("/v1/tokens/" + key.id() + "/renew", "{}");
    sta.isAllowed(USERS, key);
  }

  private static Instant end(Asker.Answer token) {
    return Instant.parse(token.at("/expiresAt"));
  }

  @Test
  @DisplayName("Deleting an API key revokes access; to replace it, generate a new key.")
  void replacesALostKey() {
    Issued lost = sta.key("sta-nightly");
    sta.isAllowed(USERS, lost);

    sta.console().delete("/v1/tokens/" + lost.id());
    Issued fresh = sta.key("sta-nightly");

    sta.isForbidden("TOKEN_REVOKED", USERS, header(lost));
    sta.isAllowed(USERS, fresh);
  }

  @Test
  @DisplayName("To change the user ID ... delete the key and generate a new key for the new user")
  void replacesAKeyByOneOfAnotherAccount() {
    Issued old = sta.key("sta-nightly");

    sta.console().delete("/v1/tokens/" + old.id());
    Issued fresh = sta.key("sta-weekly");

    sta.isForbidden("TOKEN_REVOKED", USERS, header(old));
    assertThat(sta.isAllowed(USERS, fresh).upstream("X-Auth-Subject"))
        .containsExactly("sta-weekly");
  }

  @Test
  @DisplayName("The only change that you can make to an API key is to rename it.")
  void onlyTheNameCanBeChanged() {
    Issued key = sta.key("sta-nightly");
    String path = "/v1/tokens/" + key.id();

    assertThat(sta.console().patch(path, "{\"name\":\"friendly\"}").at("/name"))
        .isEqualTo("friendly");
    for (String change :
        new String[] {
          "{\"description\":\"d\"}",
          "{\"tags\":{\"a\":\"b\"}}",
          "{\"scopes\":[\"*:*\"]}",
          "{\"kind\":\"api\"}",
          "{\"expiresAt\":\"2030-01-01T00:00:00Z\"}"
        }) {
      assertThat(sta.console().patch(path, change).status()).as(change).isEqualTo(422);
    }
    assertThat(sta.console().patch(path, "{\"description\":\"d\"}").response().body())
        .contains("of tokens of API 'sta' only name can be changed");
    sta.isAllowed(USERS, key);
  }
}
