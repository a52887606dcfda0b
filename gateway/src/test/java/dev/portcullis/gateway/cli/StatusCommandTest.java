package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusCommandTest extends AgainstDouble {
  private static final String STATUS =
      """
      {"now":"2026-11-22T14:00:12.900Z","state":"%s","since":"2026-11-22T14:00:00Z",
       "version":"1.0.0","startedAt":"2026-11-22T11:55:00Z",
       "parts":[
        {"name":"store","state":"degraded","since":"2026-11-22T14:00:00Z","detail":"gone: closed"},
        {"name":"policies","state":"degraded","since":"2026-11-22T13:59:59Z","detail":"not sound"}],
       "policies":{"generation":3,"loadedAt":"2026-11-22T11:55:00Z","apis":2,"routes":14,
        "lastProblem":{"at":"2026-11-22T13:59:59Z","problems":["a.yaml:3: odd\\u001b[31m"],"more":7}},
       "store":{"lagMillis":1200,"unanswered":7},
       "caches":[{"name":"tokens","size":3,"hits":120,"misses":4,"evictions":0}],
       "decisions":{"ALLOWED":120,"TOKEN_EXPIRED":3},
       "tokens":{"active":5,"old":1,"ending":0},"connections":4}\
      """;

  @Test
  void beginsWithTheStateAndSaysWhatIsWrong() {
    control.answers(STATUS.formatted("degraded"));
    assertThat(line.run("status")).isEqualTo(1);
    assertThat(control.compact()).containsExactly("GET /v1/status");
    assertThat(line.out())
        .isEqualTo(
            """
            degraded for 12 s; version 1.0.0, up for 2 h 5 min

            PART      STATE     FOR   DETAIL
            store     degraded  12 s  gone: closed
            policies  degraded  13 s  not sound

            The last change of the policies is not in force:
              a.yaml:3: odd?[31m
              and 7 more

            policies     2 APIs, 14 routes, generation 3
            store        lag 1200 ms, 7 reads unanswered
            decisions    ALLOWED 120, TOKEN_EXPIRED 3
            tokens       active 5, old 1, ending 0
            cache        tokens: size 3, hits 120, misses 4, evictions 0
            connections  4
            """);
  }

  @Test
  void showsAnOperatorOfAnOrganizationWhatTheyAreTold() {
    control.answers(
        """
        {"now":"2026-11-22T14:00:12Z","state":"serving","since":"2026-11-22T14:00:00Z",
         "version":"1.0.0","startedAt":"2026-11-22T14:00:00Z",
         "parts":[{"name":"store","state":"up","since":"2026-11-22T14:00:00Z","detail":null}],
         "policies":null,"store":null,"caches":null,"decisions":null,"tokens":null,
         "connections":null}\
        """);
    assertThat(line.run("status")).isZero();
    assertThat(line.out())
        .isEqualTo(
            """
            serving for 12 s; version 1.0.0, up for 12 s

            PART   STATE  FOR   DETAIL
            store  up     12 s  -
            """);
  }

  @Test
  void countsOneAsOneAndSaysThatTheLagIsNotKnown() {
    control.answers(
        STATUS
            .formatted("serving")
            .replace("\"apis\":2,\"routes\":14", "\"apis\":1,\"routes\":1")
            .replace("\"lagMillis\":1200,\"unanswered\":7", "\"lagMillis\":null,\"unanswered\":1"));
    assertThat(line.run("status")).isZero();
    assertThat(line.out())
        .contains("1 API, 1 route, generation 3\n", "lag not known, 1 read unanswered\n");
  }

  @ParameterizedTest
  @CsvSource({"serving, 0", "degraded, 1", "starting, 1", "stopping, 1"})
  void tellsScriptsTheStateByItsExitCode(String state, int exitCode) {
    control.answers(STATUS.formatted(state));
    assertThat(line.run("status")).isEqualTo(exitCode);
    assertThat(line.run("status", "--json")).isEqualTo(exitCode);
    assertThat(ControlClient.JSON.readTree(line.out()).path("state").asString()).isEqualTo(state);
  }

  @Test
  void tellsRefusalsAndSilenceApart() {
    control.answers(401, problem("Unauthorized", "no operator"));
    assertThat(line.run("status")).isEqualTo(1);
    control.close();
    assertThat(line.run("status")).isEqualTo(3);
  }

  @Test
  void tellsInItsHelpWhatTheExitCodesMean() {
    assertThat(line.run("status", "--help")).isZero();
    assertThat(line.out()).contains("degraded, starting or stopping");
  }

  @ParameterizedTest
  @CsvSource({
    "-PT1S, 0 s",
    "PT0.9S, 0 s",
    "PT59.9S, 59 s",
    "PT60S, 1 min",
    "PT61S, 1 min 1 s",
    "PT3599S, 59 min 59 s",
    "PT1H, 1 h",
    "PT2H5M30S, 2 h 5 min",
    "P1D, 1 d",
    "P3DT4H59M, 3 d 4 h",
  })
  void saysTimesAsPeopleDo(Duration span, String text) {
    assertThat(Span.of(span)).isEqualTo(text);
  }
}
