package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Extraction.Absent;
import dev.portcullis.gateway.decision.Extraction.Ambiguous;
import dev.portcullis.gateway.decision.Extraction.Found;
import dev.portcullis.gateway.decision.Extraction.Malformed;
import dev.portcullis.policy.CredentialCarrier;
import dev.portcullis.policy.CredentialCarrier.Basic;
import dev.portcullis.policy.CredentialCarrier.Cookie;
import dev.portcullis.policy.CredentialCarrier.Header;
import dev.portcullis.policy.CredentialCarrier.Query;
import dev.portcullis.policy.CredentialCarrier.Scheme;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialExtractorTest {
  private static final CredentialCarrier BEARER = new Scheme("Bearer");

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer T", "bearer T", "BEARER T", "Bearer    T", "Bearer T   ", "  Bearer T"})
  void findsTheTokenBehindTheScheme(String value) {
    assertThat(read(TestRequests.get("/").with("Authorization", value), BEARER)).isEqualTo("T");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "Bearer", "Bearer ", "Bearer    ", "BearerT", "T", "Basic dXNlcjpw"})
  void findsNothingWhereNoTokenFollowsTheScheme(String value) {
    assertThat(extract(TestRequests.get("/").with("Authorization", value), BEARER))
        .isInstanceOf(Absent.class);
  }

  @Test
  void findsNothingInARequestWithoutTheHeader() {
    assertThat(extract(TestRequests.get("/").with("Proxy-Authorization", "Bearer T"), BEARER))
        .isInstanceOf(Absent.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer T, Bearer T2",
        "Bearer T T2",
        "Bearer \"T\"",
        "Bearer T;x",
        "Bearer T\u00e9"
      })
  void refusesWhatCannotBeAToken(String value) {
    assertThat(extract(TestRequests.get("/").with("Authorization", value), BEARER))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void refusesAnAbsurdlyLongToken() {
    assertThat(
            extract(
                TestRequests.get("/").with("Authorization", "Bearer " + "x".repeat(513)), BEARER))
        .isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @CsvSource({"8192, true", "8193, false"})
  void takesLongerTokensWhereAPolicyTrustsOtherIssuers(int length, boolean taken) {
    TestRequests request =
        TestRequests.get("/x").with("Authorization", "Bearer " + "x".repeat(length));
    assertThat(CredentialExtractor.extract(request.head(), policy(true)) instanceof Found)
        .isEqualTo(taken);
    assertThat(CredentialExtractor.extract(request.head(), policy(false)))
        .isInstanceOf(Malformed.class);
  }

  private static Policy policy(boolean trusting) {
    String issuers =
        trusting ? "issuers: {c: {issuer: i, audience: a, keys: \"https://i.example.org\"}}\n" : "";
    PolicyReader.Result read =
        PolicyReader.read(
            "test.yaml",
            """
            api: test
            upstream: http://127.0.0.1:1
            credentials: [bearer]
            routes:
              - match: GET /x
                scopes: []
            """
                + issuers);
    return ((PolicyReader.Read) read).policies().getFirst();
  }

  @ParameterizedTest
  @CsvSource({"Bearer T,Bearer T", "Bearer T,Bearer T2", "Bearer T,''", "Bearer T,Basic eDpU"})
  void refusesTwoAuthorizationHeadersInEitherOrder(String one, String other) {
    assertThat(
            extract(
                TestRequests.get("/").with("Authorization", one).with("Authorization", other),
                BEARER))
        .isInstanceOf(Ambiguous.class);
    assertThat(
            extract(
                TestRequests.get("/").with("Authorization", other).with("Authorization", one),
                BEARER))
        .isInstanceOf(Ambiguous.class);
  }

  @Test
  void refusesTokensInTwoPlacesEvenWhenTheyAreTheSame() {
    assertThat(
            extract(
                TestRequests.get("/?tk=T").with("Authorization", "Bearer T"),
                BEARER,
                new Query("tk")))
        .isInstanceOf(Ambiguous.class);
  }

  @Test
  void readsTheNextCarrierWhereTheFirstHoldsNothing() {
    assertThat(read(TestRequests.get("/?tk=T"), BEARER, new Query("tk"))).isEqualTo("T");
  }

  @Test
  void readsTheTokenFromTheBasicPasswordOfTheFixedUser() {
    Basic basic = new Basic("x");
    assertThat(read(TestRequests.get("/").with("Authorization", "Basic eDpUT0s="), basic))
        .isEqualTo("TOK");
    assertThat(extract(TestRequests.get("/").with("Authorization", "Basic eTpUT0s="), basic))
        .isInstanceOf(Absent.class);
    assertThat(extract(TestRequests.get("/").with("Authorization", "Basic ***"), basic))
        .isInstanceOf(Absent.class);
  }

  @Test
  void readsBearerAndSplunkAndBasicSideBySide() {
    CredentialCarrier[] carriers = {BEARER, new Scheme("Splunk"), new Basic("x")};
    assertThat(read(TestRequests.get("/").with("Authorization", "Splunk T"), carriers))
        .isEqualTo("T");
    assertThat(read(TestRequests.get("/").with("Authorization", "Basic eDpUT0s="), carriers))
        .isEqualTo("TOK");
  }

  @Test
  void readsAHeaderOnlyWithItsPrefixAndUnderItsExactName() {
    Header header = new Header("Api-Key", "ApiKey ");
    assertThat(read(TestRequests.get("/").with("api-key", "ApiKey T"), header)).isEqualTo("T");
    assertThat(extract(TestRequests.get("/").with("Api-Key", "T"), header))
        .isInstanceOf(Absent.class);
    assertThat(extract(TestRequests.get("/").with("api_key", "ApiKey T"), header))
        .isInstanceOf(Absent.class);
    assertThat(extract(TestRequests.get("/").with("Authorization", "Bearer T"), header))
        .isInstanceOf(Absent.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/?apikey=T, T",
    "/?a=1&apikey=T&b=2, T",
    "/?api%6Bey=T, T",
    "/?apikey=a%2Db, a-b",
    "/?apikey=a+b, a+b"
  })
  void readsTheQueryParameterByItsDecodedName(String target, String token) {
    assertThat(read(TestRequests.get(target), new Query("apikey"))).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/?apikey", "/?apikey=", "/?ApiKey=T", "/?apikey[]=T", "/?apikey%5B1%5D=T"})
  void findsNoQueryParameterOfAnotherName(String target) {
    assertThat(extract(TestRequests.get(target), new Query("apikey"))).isInstanceOf(Absent.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?apikey=T&apikey=T", "/?apikey=T&api%6Bey=T2", "/?apikey=&apikey=T"})
  void refusesARepeatedQueryParameter(String target) {
    assertThat(extract(TestRequests.get(target), new Query("apikey")))
        .isInstanceOf(Ambiguous.class);
  }

  @Test
  void refusesAQueryTokenWithAMalformedEscape() {
    assertThat(extract(TestRequests.get("/?apikey=%20T"), new Query("apikey")))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void readsTheCookieAmongOthersAndOnlyUnderItsExactName() {
    Cookie cookie = new Cookie("token");
    assertThat(read(TestRequests.get("/").with("Cookie", "a=1; token=T; b=2"), cookie))
        .isEqualTo("T");
    assertThat(extract(TestRequests.get("/").with("Cookie", "Token=T; mytoken=T"), cookie))
        .isInstanceOf(Absent.class);
    assertThat(extract(TestRequests.get("/").with("Cookie", "token=T; token=T"), cookie))
        .isInstanceOf(Ambiguous.class);
    assertThat(
            extract(
                TestRequests.get("/").with("Cookie", "token=T").with("Cookie", "token=T"), cookie))
        .isInstanceOf(Ambiguous.class);
  }

  @Test
  void showsTheTokenInNoTextOfItsOwn() {
    assertThat(extract(TestRequests.get("/").with("Authorization", "Bearer Sesame"), BEARER))
        .asString()
        .doesNotContain("Sesame");
  }

  private static Extraction extract(TestRequests request, CredentialCarrier... carriers) {
    return CredentialExtractor.extract(request.head(), List.of(carriers));
  }

  private static String read(TestRequests request, CredentialCarrier... carriers) {
    return ((Found) extract(request, carriers)).secret().reveal();
  }
}
