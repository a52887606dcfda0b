package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts as a token, and whose. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialCasesTest {
  private static final String LINE = "GET /credentials/x";
  private static final String EMAIL = "Email: cara@example.org";

  private final TestBed bed;
  private final Issued token;
  private final Issued accented;

  CredentialCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: credentials
        upstream: UPSTREAM
        credentials: [bearer]
        email: required
        routes:
          - match: GET /credentials/x
            scopes: ["credentials:read"]
        """);
    bed.user("cara", "\"email\":\"cara@example.org\",\"scopes\":[\"*:*\"]");
    bed.user("zoe", "\"email\":\"zoé@example.org\",\"scopes\":[\"*:*\"]");
    token = bed.token("cara", "credentials:read");
    accented = bed.token("zoe", "credentials:read");
  }

  private static Case missing(String row, String... fields) {
    return Case.refused("CREDENTIALS_MISSING", row, LINE, fields);
  }

  private Stream<Case> extraction() {
    String secret = token.secret();
    return Stream.of(
        missing("1.01 no Authorization, no Email"),
        missing("1.01 no Authorization", EMAIL),
        missing("1.02 Authorization present but empty", EMAIL, "Authorization:"),
        missing("1.03 Bearer and no token", EMAIL, "Authorization: Bearer"),
        missing("1.04 Bearer and only spaces", EMAIL, "Authorization: Bearer   "),
        missing("1.07 no separator", EMAIL, "Authorization: Bearer" + secret),
        missing("1.07 a tab for a separator", EMAIL, "Authorization: Bearer\t" + secret),
        missing("1.09 Basic", EMAIL, "Authorization: Basic dXNlcjpw"),
        missing("1.10 no scheme", EMAIL, "Authorization: " + secret),
        missing("1.18 in a header that is not configured", EMAIL, "X-Api-Key: " + secret),
        missing("1.31 in Proxy-Authorization", EMAIL, "Proxy-Authorization: Bearer " + secret),
        Case.allowed("1.06 more spaces", LINE, EMAIL, "Authorization:   Bearer   " + secret + "  "),
        Case.allowed("1.20 authorization", LINE, EMAIL, "authorization: Bearer " + secret),
        Case.allowed("1.20 AUTHORIZATION", LINE, EMAIL, "AUTHORIZATION: bearer " + secret),
        Case.allowed(
            "1.34 no upgrade to HTTP/2",
            LINE,
            EMAIL,
            token.bearer(),
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA"));
  }

  private Stream<Case> ambiguity() {
    String good = token.bearer();
    String bad = "Authorization: Bearer nobodys";
    String secret = token.secret();
    return Stream.of(
        Case.refused("CREDENTIALS_AMBIGUOUS", "1.11 the same twice", LINE, EMAIL, good, good),
        Case.refused("CREDENTIALS_AMBIGUOUS", "1.12 good and bad", LINE, EMAIL, good, bad),
        Case.refused("CREDENTIALS_AMBIGUOUS", "1.12 bad and good", LINE, EMAIL, bad, good),
        Case.refused("CREDENTIALS_AMBIGUOUS", "two Emails", LINE, EMAIL, EMAIL, good),
        Case.refused(
            "CREDENTIALS_MALFORMED", "1.13 comma", LINE, EMAIL, good + ", Bearer " + secret),
        Case.refused("CREDENTIALS_MALFORMED", "1.13 two in one", LINE, EMAIL, good + " " + secret),
        Case.refused("EMAIL_MISSING", "6.06 a token and no Email", LINE, good),
        Case.refused("EMAIL_MISSING", "6.06 an empty Email", LINE, good, "Email:"));
  }

  private Stream<Case> forgeries() {
    String secret = token.secret();
    char[] flipped = secret.toCharArray();
    flipped[10] = (char) (flipped[10] ^ 1);
    String record = storedUnder(token);
    return Stream.of(
            "1.26 extended|" + secret + "abc",
            "1.26 twice|" + secret + secret,
            "1.27 without its last character|" + secret.substring(0, secret.length() - 1),
            "1.27 one bit flipped|" + new String(flipped),
            "1.27 in upper case|" + secret.toUpperCase(Locale.ROOT),
            "1.27 without its prefix|" + secret.substring(secret.indexOf('_') + 1),
            "1.28 the stored hash|" + record,
            "1.28 the stored hash without the pepper's id|" + record.substring(3),
            "1.28 the key in Redis|{portcullis}:token:" + record)
        .map(
            row ->
                Case.refused(
                    "TOKEN_UNKNOWN",
                    row.substring(0, row.indexOf('|')),
                    LINE,
                    EMAIL,
                    "Authorization: Bearer " + row.substring(row.indexOf('|') + 1)));
  }

  private String storedUnder(Issued token) {
    return bed.redis().run("HGET", "{portcullis}:token-hashes", token.id());
  }

  private Stream<Case> owners() {
    String decomposed = octets("Email: zoe\u0301@EXAMPLE.org");
    return Stream.of(
        Case.refused("EMAIL_MISMATCH", "1.16 somebody", LINE, "Email: eve@x.org", token.bearer()),
        Case.refused("EMAIL_MISMATCH", "1.16 another owner", LINE, EMAIL, accented.bearer()),
        Case.refused(
            "EMAIL_MISMATCH", "1.16 two in one", LINE, EMAIL + ", eve@x.org", token.bearer()),
        Case.allowed("1.17 case", LINE, "Email: Cara@Example.ORG", token.bearer()),
        Case.allowed("1.17 space around", LINE, "Email:  cara@example.org \t ", token.bearer()),
        Case.allowed(
            "1.17 normal form C", LINE, octets("Email: zoé@example.org"), accented.bearer()),
        Case.allowed("1.17 normal form D, a miss or a hit", LINE, decomposed, accented.bearer()),
        Case.allowed("1.17 normal form D, a hit", LINE, decomposed, accented.bearer()));
  }

  /** Text whose Latin-1 octets are the UTF-8 of this. */
  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"extraction", "ambiguity", "forgeries", "owners"})
  void decidesAsExpected(Case row) {
    bed.check(row);
  }

  @Test
  void aTokenIsAcceptedForItsOwnerOnlyAndNothingTellsThatItExists() {
    String mismatch = outside(bed.ask(LINE, "Email: eve@example.org", token.bearer()));
    String unknown = outside(bed.ask(LINE, EMAIL, "Authorization: Bearer pcat_unknown"));
    Issued revoked = bed.token("cara", "credentials:read");
    bed.revoke(revoked);
    assertThat(mismatch).as("1.16").isEqualTo(unknown);
    assertThat(outside(bed.ask(LINE, EMAIL, revoked.bearer()))).as("3.02").isEqualTo(unknown);
  }

  /** All of an answer but what differs each time. */
  private static String outside(TestBed.Answer answer) {
    String id = answer.response().field("X-Request-Id").orElseThrow();
    return answer.response().toString().replace(id, "ID").replaceAll("[Dd]ate: [^,]*,[^,]*", "");
  }
}
