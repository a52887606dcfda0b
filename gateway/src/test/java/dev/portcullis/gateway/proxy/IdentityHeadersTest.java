package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What upstreams are told of who is asking: what was verified, and nothing else. */
class IdentityHeadersTest extends DataPlaneKit {

  @Test
  void theUpstreamIsToldWhoIsAsking() {
    String secret =
        gateway.secretOf(
            TestTokens.withScopes("dataset/logs:read", "org/*:read"),
            TestPrincipals.inOrganization("acme"));
    send("GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + secret + "\r\n\r\n");
    RawUpstream.Request request = upstream.last();
    assertThat(request.values("X-Auth-Subject")).containsExactly("ada");
    assertThat(request.values("X-Auth-Email")).containsExactly("ada@example.org");
    assertThat(request.values("X-Auth-Organization")).containsExactly("acme");
    assertThat(request.values("X-Auth-Token-Id")).containsExactly(TestTokens.ID);
    assertThat(request.values("X-Auth-Scopes")).containsExactly("dataset/logs:read org/*:read");
    assertThat(request.values("X-Auth-Assertion")).isEmpty();
  }

  @ParameterizedTest(name = "[5.04, 5.05] {0}")
  @ValueSource(
      strings = {
        "X-Auth-Subject",
        "x-auth-subject",
        "X_Auth_Subject",
        "X-Auth_Subject",
        "X-Auth-Email",
        "X_AUTH_EMAIL",
        "X-Auth-Organization",
        "X-Auth-Token-Id",
        "X-Auth_Token-Id",
        "X-Auth-Scopes",
        "X-Auth-Assertion",
        "x_auth_assertion",
        "x.auth.subject",
        "X~Auth!Email",
        "X_Org_Id",
        "x-org_id",
        "X.Org.Id"
      })
  void whatAClientClaimsNeverReachesTheUpstream(String name) {
    get("/api/x", name + ": forged", name + ": forged-too");
    assertNothingForged();
    send("GET /open/x HTTP/1.1\r\nHost: h\r\n" + name + ": forged\r\n\r\n");
    assertNothingForged();
    assertThat(upstream.requests()).hasSize(2);
  }

  private void assertNothingForged() {
    assertThat(upstream.last().fields()).noneMatch(field -> field.contains("forged"));
  }

  @Test
  void whatOnlyLooksLikeTheOrganizationIsDroppedWhereCredentialsArePassedOn() {
    gateway.secretOf(TestTokens.active(), TestPrincipals.inOrganization("acme"));
    gateway.follow(
        TestPolicies.forwarding(
            TestPolicies.bearer(upstream.uri(), TestPolicies.route("/api/**"))));
    get("/api/x", "X-Org-Id: acme", "X_Org_Id: forged", "x.org.id: forged");
    assertNothingForged();
    assertThat(upstream.last().values("X-Org-Id")).containsExactly("acme");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override",
        "x_http_method_override",
        "X-HTTP-Method",
        "X-Method-Override"
      })
  void anotherMethodThanTheOneCheckedNeverReachesTheUpstream(String name) {
    get("/api/x", name + ": DELETE");
    assertThat(upstream.last().fields()).noneMatch(field -> field.contains("DELETE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content_Length", "transfer_encoding", "Proxy"})
  void whatMisleadsAnUpstreamAboutFramingOrItsOwnProxyNeverReachesIt(String name) {
    get("/api/x", name + ": 666");
    assertThat(upstream.last().fields()).noneMatch(field -> field.contains("666"));
  }

  @Test
  void aPublicRouteTellsNothing() {
    get("/open/x");
    assertThat(upstream.last().fields())
        .noneMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("x-auth"));
  }

  @Test
  void whatThereIsNothingToSayOfIsAbsentAndNotEmpty() {
    Principal robot = TestPrincipals.serviceAccount("robot");
    String secret = gateway.secretOf(TestTokens.activeOf(robot), robot);
    send("GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + secret + "\r\n\r\n");
    assertThat(upstream.last().values("X-Auth-Subject")).containsExactly("robot");
    assertThat(upstream.last().values("X-Auth-Email")).isEmpty();
    assertThat(upstream.last().values("X-Auth-Organization")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "*:*, dataset/a:read dataset/b:read, dataset/a:read dataset/b:read",
    "dataset/a:*, dataset/a:read dataset/b:read, dataset/a:read",
    "dataset/*:read, dataset/a:read dataset/a:write, dataset/a:read",
    "dataset/a:read, dataset/*:read, ''",
    "*:*, dataset/a:read portcullis/tokens:read, dataset/a:read",
    "*:* portcullis/*:*, *:* portcullis/tokens:read, *:* portcullis/tokens:read"
  })
  void scopesAreToldOnlyAsFarAsThePrincipalsCoverThem(String ceiling, String granted, String told) {
    String secret =
        gateway.secretOf(
            TestTokens.withScopes(granted.split(" ", -1)),
            TestPrincipals.withScopes(ceiling.split(" ", -1)));
    send("GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + secret + "\r\n\r\n");
    assertThat(String.join(",", upstream.last().values("X-Auth-Scopes"))).isEqualTo(told);
  }

  @Test
  void aPersonalTokenHasItsUsersScopes() {
    String secret =
        gateway.secretOf(TestTokens.personal(), TestPrincipals.withScopes("org/users:read"));
    send(
        "GET /api/x HTTP/1.1\r\nHost: h\r\nX-Org-Id: none\r\nAuthorization: Bearer "
            + secret
            + "\r\n\r\n");
    assertThat(upstream.requests()).isEmpty();
    gateway.follow(withoutOrganization());
    send("GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + secret + "\r\n\r\n");
    assertThat(upstream.last().values("X-Auth-Scopes")).containsExactly("org/users:read");
  }

  private Policy withoutOrganization() {
    return TestPolicies.withoutOrganization(
        TestPolicies.bearer(upstream.uri(), TestPolicies.route("/api/**")));
  }

  @ParameterizedTest
  @CsvSource({
    "a b, a b",
    "'a,b', 'a,b'",
    "\u00e9, %C3%A9",
    "100%, 100%25",
    "\u20ac, %E2%82%AC",
    "\ud83d\ude00, %F0%9F%98%80"
  })
  void valuesBeyondPrintableAsciiAreEncoded(String id, String told) {
    assertThat(IdentityFields.encoded(id)).isEqualTo(told);
  }

  @Test
  void aValueCannotBreakItsField() {
    assertThat(IdentityFields.encoded("a\r\nX-Admin: 1\u0000\u007f"))
        .isEqualTo("a%0D%0AX-Admin: 1%00%7F");
    Principal odd =
        new Principal(
            "o\r\ndd",
            PrincipalKind.USER,
            Optional.of(new EmailAddress("j\u00f6rg@example.org")),
            Optional.of("gr\u00fcn"),
            true,
            GrantedScopes.parse(List.of("*:*")));
    Token token = TestTokens.activeOf(odd);
    String secret = gateway.secretOf(token, odd);
    send("GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + secret + "\r\n\r\n");
    assertThat(upstream.last().values("X-Auth-Subject")).containsExactly("o%0D%0Add");
    assertThat(upstream.last().values("X-Auth-Email")).containsExactly("j%C3%B6rg@example.org");
    assertThat(upstream.last().values("X-Auth-Organization")).containsExactly("gr%C3%BCn");
  }

  @ParameterizedTest(name = "[19.05] Connection: {0}")
  @ValueSource(
      strings = {
        "X-Auth-Subject, X-Auth-Email, X-Auth-Organization, X-Auth-Token-Id, X-Auth-Scopes",
        "close, x-auth-subject, x-auth-email, X-Forwarded-For, X-Real-IP, X-Request-Id",
        "X-Forwarded-Proto, X-Forwarded-Host, Host, Content-Length"
      })
  void connectionCannotStripWhatTheGatewayAdds(String nominated) {
    send(request("POST /api/x", "Connection: " + nominated, "Content-Length: 2") + "hi");
    RawUpstream.Request request = upstream.last();
    assertThat(request.values("X-Auth-Subject")).containsExactly("ada");
    assertThat(request.values("X-Auth-Email")).containsExactly("ada@example.org");
    assertThat(request.values("X-Auth-Scopes")).containsExactly("*:*");
    assertThat(request.values("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(request.values("X-Forwarded-Proto")).containsExactly("http");
    assertThat(request.values("X-Real-IP")).containsExactly("127.0.0.1");
    assertThat(request.values("X-Request-Id")).hasSize(1);
    assertThat(request.values("Connection")).isEmpty();
    assertThat(request.body()).isEqualTo("hi");
  }
}
