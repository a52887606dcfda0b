package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policy files say of the tokens of an API, and what is refused. */
class TokenRulesReaderTest {

  @Test
  void readsWhatTokensAreLike() {
    assertThat(
            rules(
                """
                tokens:
                  prefixes: {api: xaat-, personal: xapt-, access-key: a_, session: s-1_}
                  lifetime: {default: PT12H30M, max: P365D}
                  changeable: [name, name]
                """))
        .isEqualTo(
            new TokenRules(
                Map.of("api", "xaat-", "personal", "xapt-", "access-key", "a_", "session", "s-1_"),
                Optional.of(Duration.ofMinutes(750)),
                Optional.of(Duration.ofDays(365)),
                Set.of("name")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"# nothing", "tokens: {}", "tokens: {prefixes: {}, lifetime: {}}"})
  void leavesWhatIsNotWrittenToTheSettings(String line) {
    assertThat(rules(line + "\n")).isEqualTo(TokenRules.NONE);
    assertThat(TokenRules.NONE.changeable())
        .containsExactlyInAnyOrder("name", "description", "tags");
  }

  @Test
  void letsNothingBeChangedWhereTheListIsEmpty() {
    assertThat(rules("tokens: {changeable: []}\n").changeable()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"P1D, P1D", "P36500D, P36500D", "PT0.001S, PT1S"})
  void takesLifetimesUpToTheirBounds(String standard, String longest) {
    TokenRules rules =
        rules("tokens: {lifetime: {default: " + standard + ", max: " + longest + "}}\n");

    assertThat(rules.lifetime()).contains(Duration.parse(standard));
    assertThat(rules.longestLifetime()).contains(Duration.parse(longest));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                  | : must be a mapping of fields",
        "{prefix: {api: a-}}                 | .prefix: unknown field 'prefix'; did you mean"
            + " 'prefixes'?",
        "{prefixes: xaat-}                   | .prefixes: must be a mapping of fields",
        "{prefixes: {jwt: a-}}               | .prefixes.jwt: unknown field 'jwt'; known are api",
        "{prefixes: {api: xaat}}             | .prefixes.api: \"xaat\" is not valid. A lower-case",
        "{prefixes: {api: '-'}}              | .prefixes.api: \"-\" is not valid. A lower-case",
        "{prefixes: {api: ''}}               | .prefixes.api: \"\" is not valid. A lower-case",
        "{prefixes: {api: Xaat-}}            | .prefixes.api: \"Xaat-\" is not valid. A lower-case",
        "{prefixes: {api: 'a b-'}}           | .prefixes.api: \"a b-\" is not valid. A lower-case",
        "{prefixes: {api: \"a-\\n\"}}        | .prefixes.api: \"a-\\n\" is not valid. A lower-case",
        "{prefixes: {api: a12345678901234567890123456789012-}} | .prefixes.api: ",
        "{prefixes: {api: 1}}                | .prefixes.api: must be text",
        "{lifetime: P90D}                    | .lifetime: must be a mapping of fields",
        "{lifetime: {max: 90}}               | .lifetime.max: must be text",
        "{lifetime: {max: 90 days}}          | .lifetime.max: '90 days' is not a duration such as"
            + " P90D",
        "{lifetime: {max: P1Y}}              | .lifetime.max: 'P1Y' is not a duration such as P90D",
        "{lifetime: {max: P99999999999999999999D}} | .lifetime.max: 'P99999999999999999999D' is not"
            + " a duration",
        "{lifetime: {default: P0D}}          | .lifetime.default: 'P0D' is not more than nothing",
        "{lifetime: {default: -P1D}}         | .lifetime.default: '-P1D' is not more than nothing",
        "{lifetime: {max: P36501D}}          | .lifetime.max: 'P36501D' is not more than nothing",
        "{lifetime: {default: P2D, max: P1D}} | .lifetime: the default is longer than the maximum",
        "{changeable: name}                  | .changeable: must be a list",
        "{changeable: [scopes]}              | .changeable[0]: \"scopes\" is not one of name,"
            + " description",
      })
  void refusesARule(String tokens, String problem) {
    assertThat(TestPolicies.problems(file("tokens: " + tokens + "\n")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("test.yaml:4: tokens" + problem);
  }

  private static TokenRules rules(String lines) {
    return TestPolicies.read(file(lines)).policies().getFirst().tokens();
  }

  private static String file(String lines) {
    return TestPolicies.HEAD + lines + "routes: [{match: GET /a, scopes: []}]\n";
  }
}
