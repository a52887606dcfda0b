package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest extends AgainstDouble {
  private static final String REFUSED =
      """
      {"outcome":"refused","reason":"SCOPE_INSUFFICIENT","status":403,"api":"shop","route":"r1",
       "shadow":false,"tokenId":"tok1","steps":[
       {"step":"extract","outcome":"passed","detail":"bearer"},
       {"step":"scope","outcome":"refused","reason":"SCOPE_INSUFFICIENT","detail":"needs a:b"},
       {"step":"limit","outcome":"skipped","detail":""}]}\
      """;

  @BeforeEach
  void answer() {
    control.answers(REFUSED);
  }

  private String sentHeaders() {
    return control.asked().getLast().json().path("headers").toString();
  }

  @Test
  void showsEachStepAndTheOutcome() {
    assertThat(line.run("explain", "GET", "/x", "--token-id", "tok1")).isZero();
    assertThat(line.out())
        .isEqualTo(
            """
            STEP     OUTCOME  REASON              DETAIL
            extract  passed   -                   bearer
            scope    refused  SCOPE_INSUFFICIENT  needs a:b
            limit    skipped  -

            outcome  refused
            reason   SCOPE_INSUFFICIENT
            status   403
            api      shop
            route    r1
            shadow   false
            tokenId  tok1
            """);
  }

  @Test
  void takesTheTokenFromAFileTheEnvironmentOrAPerson() throws IOException {
    line.typing("typed");
    line.run("explain", "GET", "/x");
    assertThat(sentHeaders()).isEqualTo("{\"Authorization\":[\"Bearer typed\"]}");
    line.environment("PORTCULLIS_TOKEN", "from-variable");
    line.run("explain", "GET", "/x");
    assertThat(sentHeaders()).isEqualTo("{\"Authorization\":[\"Bearer from-variable\"]}");
    Files.writeString(directory.resolve("t"), "from-file\n");
    line.run("explain", "GET", "/x", "--token-file", "t");
    assertThat(sentHeaders()).isEqualTo("{\"Authorization\":[\"Bearer from-file\"]}");
    assertThat(line.person().questions()).hasSize(1);
    assertThat(line.out() + line.err()).doesNotContain("from-file");
  }

  @Test
  void sendsNoTokenWhereNoneIsTypedAndAsksForNoneBesideAnId() {
    line.typing("");
    line.run("explain", "GET", "/x");
    assertThat(sentHeaders()).isEqualTo("{}");
    line.environment("PORTCULLIS_TOKEN", "from-variable");
    line.run("explain", "GET", "/x", "--token-id", "tok1");
    assertThat(sentHeaders()).isEqualTo("{}");
    assertThat(line.person().questions()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: s3cr3t",
        "proxy-authorization: s3cr3t",
        "COOKIE: s3cr3t",
        "apikey: s3cr3t",
        "X-API-Key: s3cr3t",
        "x_api_key: s3cr3t",
        "X-Auth-Token: s3cr3t",
        "Client-Secret : s3cr3t",
      })
  void refusesASecretInTheArgumentsAndDoesNotRepeatIt(String header) {
    assertThat(line.run("explain", "GET", "/x", "--header", header)).isEqualTo(2);
    assertThat(line.err())
        .startsWith("portcullis: a secret in the arguments")
        .doesNotContain("s3cr3t");
    assertThat(control.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x?token=s3cr3t", "/x?a=b&api_key=s3cr3t"})
  void refusesASecretInTheQuery(String path) {
    assertThat(line.run("explain", "GET", path)).isEqualTo(2);
    assertThat(control.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-colon", ": value"})
  void refusesWhatIsNoHeader(String header) {
    assertThat(line.run("explain", "GET", "/x", "--header", header)).isEqualTo(2);
  }

  @Test
  void tellsThatTheTokensFileIsMissing() {
    assertThat(line.run("explain", "GET", "/x", "--token-file", "missing")).isEqualTo(2);
    assertThat(line.err()).contains("missing");
  }
}
