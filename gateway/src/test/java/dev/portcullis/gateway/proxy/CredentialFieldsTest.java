package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.policy.CredentialCarrier.Basic;
import dev.portcullis.policy.CredentialCarrier.Cookie;
import dev.portcullis.policy.CredentialCarrier.Header;
import dev.portcullis.policy.CredentialCarrier.Query;
import dev.portcullis.policy.CredentialCarrier.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials end at the gateway, wherever they stood. */
class CredentialFieldsTest extends DataPlaneKit {

  @Test
  void aBearerTokenIsNotPassedOn() {
    assertThat(get("/api/x", "X-Other: 1", "Accept: a, b").status()).isEqualTo(200);
    assertThat(upstream.last().values("Authorization")).isEmpty();
    assertThat(upstream.last().values("X-Other")).containsExactly("1");
    assertThat(upstream.last().values("Accept")).containsExactly("a, b");
    assertNoToken();
  }

  @Test
  void credentialsArePassedOnWhereThePolicySaysSo() {
    gateway.follow(
        TestPolicies.forwarding(
            TestPolicies.bearer(upstream.uri(), TestPolicies.route("/api/**"))));
    get("/api/x?tk=1", "Email: ada@example.org");
    assertThat(upstream.last().values("Authorization")).containsExactly("Bearer " + token);
    assertThat(upstream.last().values("Email")).containsExactly("ada@example.org");
  }

  @Test
  void theEmailAndTheOrganizationHeaderArePartOfTheCredentials() {
    gateway.secretOf(TestTokens.active(), TestPrincipals.inOrganization("acme"));
    assertThat(get("/api/x", "Email: ada@example.org", "X-Org-Id: acme").status()).isEqualTo(200);
    assertThat(upstream.last().values("Email")).isEmpty();
    assertThat(upstream.last().values("X-Org-Id")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Bearer T, true",
    "bearer T, true",
    "BEARER  T, true",
    "Bearer, true",
    "Splunk T, true",
    "Basic eDpU, true",
    "Digest a=b, false",
    "BearerT, false"
  })
  void onlyConfiguredSchemesAreTakenOutOfAuthorization(String value, boolean taken) {
    followCarriers(new Scheme("bearer"), new Scheme("Splunk"), new Basic("x"));
    send("GET /open/x HTTP/1.1\r\nHost: h\r\nAuthorization: " + value + "\r\n\r\n");
    assertThat(upstream.last().values("Authorization").isEmpty()).isEqualTo(taken);
  }

  @Test
  void allConfiguredPlacesAreClearedAlsoOnAPublicRoute() {
    followCarriers(
        new Scheme("Bearer"), new Header("apikey", ""), new Query("tk"), new Cookie("token"));
    String response =
        "GET /open/x?a=1&tk=T1&b=2 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer T2\r\n"
            + "ApiKey: T3\r\nCookie: a=1; token=T4; b=\"2\"\r\nX-Other: kept\r\n\r\n";
    assertThat(send(response).status()).isEqualTo(200);
    RawUpstream.Request request = upstream.last();
    assertThat(request.target()).isEqualTo("/open/x?a=1&b=2");
    assertThat(request.values("Cookie")).containsExactly("a=1; b=\"2\"");
    assertThat(request.fields()).noneMatch(field -> field.matches(".*T[1-4].*"));
    assertThat(request.values("X-Other")).containsExactly("kept");
  }

  @Test
  void aCookieFieldWithNothingElseInItIsGone() {
    followCarriers(new Cookie("token"));
    String head = "GET /api/x HTTP/1.1\r\nHost: h\r\nCookie: token=" + token + "\r\n\r\n";
    assertThat(send(head).status()).isEqualTo(200);
    assertThat(upstream.last().values("Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"api_key", "Api-Keys", "X-Api-Key"})
  void aHeaderThatIsNotTheConfiguredOneIsLeftAlone(String name) {
    followCarriers(new Header("api-key", "ApiKey "));
    send("GET /open/x HTTP/1.1\r\nHost: h\r\n" + name + ": v\r\napi-key: ApiKey T\r\n\r\n");
    assertThat(upstream.last().values(name)).containsExactly("v");
    assertThat(upstream.last().values("api-key")).isEmpty();
  }

  @ParameterizedTest(name = "Cache-Control: {0} -> {1}")
  @CsvSource({
    "'', private",
    "'Cache-Control: public, max-age=60\r\n', 'private, max-age=60'",
    "'Cache-Control: max-age=60, s-maxage=9\r\n', 'private, max-age=60'",
    "'Cache-Control: no-cache, must-revalidate\r\n', 'private, no-cache, must-revalidate'",
    "'Cache-Control: no-cache\r\nCache-Control: max-age=0\r\n', 'private, no-cache, max-age=0'",
    "'Cache-Control: private=\"x, y\"\r\n', 'private, private=\"x, y\"'",
    "'Cache-Control: public, x-private\r\n', 'private, x-private'",
    "'Cache-Control: no-store\r\n', no-store",
    "'Cache-Control: private, max-age=5\r\n', 'private, max-age=5'"
  })
  void sharedCachesMustNotKeepAnswersToTokensTheyDoNotKnowOf(String said, String told) {
    followCarriers(new Header("apikey", ""));
    upstream.behave(
        RawUpstream.Behaviour.answering(
            "HTTP/1.1 200 OK\r\n" + said + "Content-Length: 0\r\n\r\n"));
    String head = "GET /api/x HTTP/1.1\r\nHost: h\r\napikey: " + token + "\r\n\r\n";
    assertThat(send(head).field("Cache-Control")).contains(told);
  }

  @Test
  void answersToBearerTokensAreTheUpstreamsToCache() {
    assertThat(get("/api/x").field("Cache-Control")).isEmpty();
  }

  @Test
  void proxyAuthorizationIsForNobodyHere() {
    get("/api/x", "Proxy-Authorization: Basic eDpU");
    assertThat(upstream.last().values("Proxy-Authorization")).isEmpty();
  }

  private void assertNoToken() {
    assertThat(upstream.last().fields()).noneMatch(field -> field.contains(token));
    assertThat(upstream.last().target()).doesNotContain(token);
  }
}
