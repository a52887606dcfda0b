package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each command asks the control plane for. */
class RequestsTest extends AgainstDouble {

  static Stream<Arguments> commands() {
    return Stream.of(
        asks(
            "principal create ada --kind user --email a@x.org --organization acme --scope a:*",
            "POST /v1/principals {'id':'ada','kind':'user','email':'a@x.org',"
                + "'organization':'acme','scopes':['a:*']}"),
        asks("principal show a/b", "GET /v1/principals/a%2Fb"),
        asks("principal list --organization acme", "GET /v1/principals?organization=acme&limit=50"),
        asks(
            "principal update ada --email a@x.org --scope a:* --scope b:*",
            "PATCH /v1/principals/ada {'email':'a@x.org','scopes':['a:*','b:*']}"),
        asks(
            "principal update ada --clear-email --clear-scopes",
            "PATCH /v1/principals/ada {'email':null,'scopes':[]}"),
        asks("principal enable ada", "PATCH /v1/principals/ada {'enabled':true}"),
        asks("principal disable ada", "PATCH /v1/principals/ada {'enabled':false}"),
        asks("principal delete ada", "DELETE /v1/principals/ada"),
        asks(
            "principal revoke-tokens ada --reason leaked",
            "POST /v1/principals/ada/revoke-tokens {'reason':'leaked'}"),
        asks(
            "token create --principal ada --api shop --name n --kind access-key --description d"
                + " --scope a:b --expires-in P1D --allow 10.0.0.0/8 --limit l --tag k=v=w",
            "POST /v1/tokens"
                + " {'principal':'ada','kind':'access-key','name':'n','api':'shop','description':'d',"
                + "'expiresIn':'P1D','scopes':['a:b'],'allowedAddresses':['10.0.0.0/8'],"
                + "'limits':['l'],'tags':{'k':'v=w'}}"),
        asks(
            "token create --principal ada --name n --kind access-key --scope a:b"
                + " --store /apps/billing --key alias/k",
            "POST /v1/tokens {'principal':'ada','kind':'access-key','name':'n','scopes':['a:b'],"
                + "'storage':{'name':'/apps/billing','key':'alias/k'}}"),
        asks("token show tok?1", "GET /v1/tokens/tok%3F1"),
        asks(
            "token list --principal ada --organization acme --status active --older-than P90D"
                + " --expiring-within P14D --limit 10 --cursor c",
            "GET /v1/tokens?principal=ada&organization=acme&status=active&olderThan=P90D"
                + "&expiringWithin=P14D&limit=10&cursor=c"),
        asks(
            "token update tok1 --name n --description d --tag a=b --tag c=d",
            "PATCH /v1/tokens/tok1 {'name':'n','description':'d','tags':{'a':'b','c':'d'}}"),
        asks(
            "token update tok1 --clear-tags --clear-description",
            "PATCH /v1/tokens/tok1 {'description':null,'tags':null}"),
        asks("token renew tok1", "POST /v1/tokens/tok1/renew {}"),
        asks(
            "token renew tok1 --expires-at 2030-01-01T00:00:00Z",
            "POST /v1/tokens/tok1/renew {'expiresAt':'2030-01-01T00:00:00Z'}"),
        asks("token regenerate tok1", "POST /v1/tokens/tok1/regenerate {}"),
        asks(
            "token regenerate tok1 --grace PT1H --expires-in P1D",
            "POST /v1/tokens/tok1/regenerate {'expiresIn':'P1D','graceSeconds':3600}"),
        asks(
            "token revoke tok1 --reason leaked", "POST /v1/tokens/tok1/revoke {'reason':'leaked'}"),
        asks(
            "token revoke --yes --principal ada --older-than P90D --reason old",
            "POST /v1/tokens/revoke {'principal':'ada','olderThan':'P90D','reason':'old'}"),
        asks(
            "audit list --token t --principal p --organization o --actor a --action token.create"
                + " --outcome done --since 2026-01-01T00:00:00Z --until 2027-01-01T00:00:00Z",
            "GET /v1/audit?token=t&principal=p&organization=o&actor=a&action=token.create"
                + "&outcome=done&since=2026-01-01T00%3A00%3A00Z&until=2027-01-01T00%3A00%3A00Z"
                + "&limit=50"),
        asks("audit export --actor a", "GET /v1/audit?actor=a"),
        asks("audit verify", "GET /v1/audit/verify"),
        asks(
            "explain GET /x?y=z --token-id tok1 --address 10.0.0.1 --header Email:a@x.org"
                + " --header X:1 --header X:2",
            "POST /v1/explain {'method':'GET','path':'/x?y=z','headers':{'Email':['a@x.org'],"
                + "'X':['1','2']},'tokenId':'tok1','address':'10.0.0.1'}"),
        asks("openapi", "GET /v1/openapi.json"));
  }

  private static Arguments asks(String command, String request) {
    return Arguments.of(command, request.replace('\'', '"'));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void sendsOneRequest(String command, String request) {
    control.answers("{}");
    assertThat(line.run(command.split(" "))).as(line.err()).isZero();
    assertThat(control.compact()).containsExactly(request);
    assertThat(control.asked().getFirst().authorization()).hasValue("Bearer operator-secret");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysWhatWasRefusedAndWhatToDo(String command) {
    control.answers(
        403,
        "{\"title\":\"Forbidden\",\"detail\":\"this needs a scope\","
            + "\"errors\":[{\"field\":\"scopes[0]\",\"detail\":\"is too wide\"}]}");
    assertThat(line.run(command.split(" "))).isEqualTo(1);
    assertThat(line.err())
        .contains("portcullis: 403 Forbidden: this needs a scope\n")
        .contains("  scopes[0]: is too wide\n")
        .contains("  next: ask the first operator");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void tellsAnOutageByItsOwnExitCode(String command) {
    control.hangsUp();
    assertThat(line.run(command.split(" "))).isEqualTo(3);
    assertThat(line.err()).contains("does not answer").contains("next: ");
  }

  @ParameterizedTest
  @CsvSource({"400,1", "401,1", "404,1", "409,1", "413,1", "418,1", "302,1", "429,1", "500,3"})
  void givesEachRefusalANextStep(int status, int exitCode) {
    control.answers(status, "this is not JSON");
    assertThat(line.run("token", "show", "x")).isEqualTo(exitCode);
    assertThat(line.err()).startsWith("portcullis: " + status).contains("  next: ");
  }

  @Test
  void showsTheExactAnswerAsJson() {
    control.answers(TOKEN);
    assertThat(line.run("token", "show", "tok1", "--json")).isZero();
    assertThat(ControlClient.JSON.readTree(line.out()))
        .isEqualTo(ControlClient.JSON.readTree(TOKEN));
  }

  @Test
  void showsAllThatATokenIs() {
    control.answers(TOKEN);
    line.run("token", "show", "tok1");
    assertThat(line.out().lines())
        .hasSize(15)
        .contains("name          nightly build", "tags          team=x", "expiresAt     -");
  }

  @Test
  void tellsThatAnAnswerIsNoControlPlanes() {
    control.answers("<html>");
    assertThat(line.run("token", "show", "x")).isEqualTo(3);
    assertThat(line.err()).contains("is no control plane: its answer is not JSON");
  }

  @Test
  void countsWhatWasRevoked() {
    control.answers("{\"revoked\":3}");
    for (List<String> command :
        List.of(
            List.of("principal", "delete", "ada"),
            List.of("principal", "revoke-tokens", "ada"),
            List.of("token", "revoke", "--yes", "--principal", "ada"))) {
      assertThat(line.run(command.toArray(String[]::new))).isZero();
      assertThat(line.out()).isEqualTo("revoked: 3\n");
      assertThat(line.err()).isEmpty();
    }
  }
}
