package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.PolicyReader.Read;
import dev.portcullis.policy.PolicyReader.Result;
import dev.portcullis.policy.PolicyReader.Unsound;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policy files say of other issuers, and what is refused. */
class IssuerReaderTest {
  private static final String CORP =
      "corp: {issuer: https://id.example.org, audience: api, keys: https://id.example.org/jwks}";

  @Test
  void readsIssuersInTheOrderOfTheFile() {
    assertThat(
            TestPolicies.read(
                    file(
                        "test",
                        """
                        zeta-1:
                          issuer: urn:zeta
                          audience: https://api.example.org/
                          keys: http://localhost:8080/keys?app=1
                          algorithms: [PS512, ES384, PS512]
                        %s
                        """
                            .formatted(CORP)))
                .policies()
                .getFirst()
                .issuers())
        .containsExactly(
            new Issuer(
                "zeta-1",
                "urn:zeta",
                "https://api.example.org/",
                URI.create("http://localhost:8080/keys?app=1"),
                Set.of("PS512", "ES384")),
            new Issuer(
                "corp",
                "https://id.example.org",
                "api",
                URI.create("https://id.example.org/jwks"),
                Set.of("RS256", "ES256")));
  }

  @Test
  void takesNoOtherTokensWhereNoIssuerIsWritten() {
    assertThat(TestPolicies.of(List.of("GET /a")).issuers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                          | : must be a mapping of fields",
        "{corp: a}                                   | .corp: must be a mapping of fields",
        "{Corp: {issuer: a, audience: b, keys: 'http://c'}} | .Corp: an issuer's name has"
            + " lower-case",
        "{'a:b': {issuer: a, audience: b, keys: 'http://c'}} | .a:b: an issuer's name has"
            + " lower-case",
        "{a1234567890123456789012345678901b: {issuer: a, audience: b, keys: 'http://c'}} |"
            + " .a1234567890123456789012345678901b: an issuer's name has lower-case",
        "{corp: {audience: b, keys: 'http://c'}}     | .corp: 'issuer' is missing",
        "{corp: {issuer: a, keys: 'http://c'}}       | .corp: 'audience' is missing",
        "{corp: {issuer: a, audience: b}}            | .corp: 'keys' is missing",
        "{corp: {issuer: '', audience: b, keys: 'http://c'}} | .corp.issuer: must not be empty",
        "{corp: {issuer: a, audience: [b], keys: 'http://c'}} | .corp.audience: must be text",
        "{corp: {issuer: a, audience: b, keys: 'ftp://c'}} | .corp.keys: 'ftp://c' starts with"
            + " neither",
        "{corp: {issuer: a, audience: b, keys: 'file:///c'}} | .corp.keys: 'file:///c' starts with"
            + " neither",
        "{corp: {issuer: a, audience: b, keys: 'http://c#d'}} | .corp.keys: 'http://c#d' has a"
            + " fragment",
        "{corp: {issuer: a, audience: b, keys: 'http://u:hunter2@c'}} | .corp.keys: a key URL has"
            + " no user",
        "{corp: {issuer: a, audience: b, keys: 'http://c', algorithms: []}} | .corp.algorithms:"
            + " must not be empty",
        "{corp: {issuer: a, audience: b, keys: 'http://c', algorithms: ES256}} | .corp.algorithms:"
            + " must be a list",
        "{corp: {issuer: a, audience: b, keys: 'http://c', algorithms: [none]}} |"
            + " .corp.algorithms[0]: \"none\" is not one of RS256",
        "{corp: {issuer: a, audience: b, keys: 'http://c', algorithms: [ES256, HS256]}} |"
            + " .corp.algorithms[1]: \"HS256\" is not one of RS256",
        "{corp: {issuer: a, audience: b, keys: 'http://c', alg: [ES256]}} | .corp.alg: unknown"
            + " field 'alg'",
      })
  void refusesAnIssuer(String issuers, String problem) {
    assertThat(
            TestPolicies.problems(
                TestPolicies.HEAD
                    + "issuers: "
                    + issuers
                    + "\nroutes: [{match: GET /a, scopes: []}]\n"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("test.yaml:4: issuers" + problem)
        .doesNotContain("hunter2");
  }

  @Test
  void refusesTwoNamesForOneIssuer() {
    assertThat(TestPolicies.problems(file("test", CORP + "\n" + CORP.replace("corp", "other"))))
        .containsExactly(
            "test.yaml:6: issuers.other: this 'issuer' has another name in test.yaml:5");
  }

  @ParameterizedTest
  @CsvSource({
    "issuer: https://id.example.org, issuer: https://evil.example.org",
    "keys: https://id.example.org, keys: https://evil.example.org",
  })
  void refusesAnotherIssuerOfTheSameName(String is, String becomes, @TempDir Path directory)
      throws IOException {
    Files.writeString(directory.resolve("a.yaml"), file("a", CORP));
    Files.writeString(directory.resolve("b.yaml"), file("b", CORP.replace(is, becomes)));

    assertThat(PolicyReader.readDirectory(directory))
        .isInstanceOfSatisfying(
            Unsound.class,
            unsound ->
                assertThat(unsound.problems())
                    .singleElement()
                    .asString()
                    .matches(
                        ".*b.yaml:5: issuers.corp: this name has another 'issuer' or other 'keys'"
                            + " in .*a.yaml:5"));
  }

  @Test
  void letsEachApiHaveAnAudienceOfItsOwn(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("a.yaml"), file("a", CORP));
    Files.writeString(
        directory.resolve("b.yaml"), file("b", CORP.replace("audience: api", "audience: b")));

    Result result = PolicyReader.readDirectory(directory);

    assertThat(result)
        .isInstanceOfSatisfying(
            Read.class,
            read ->
                assertThat(read.policies())
                    .extracting(policy -> policy.issuers().getFirst().audience())
                    .containsExactly("api", "b"));
  }

  private static String file(String api, String issuers) {
    return "api: "
        + api
        + "\nupstream: http://localhost:9000\ncredentials: [bearer]\nissuers:\n"
        + issuers.indent(2)
        + "routes: [{match: GET /"
        + api
        + ", scopes: []}]\n";
  }
}
