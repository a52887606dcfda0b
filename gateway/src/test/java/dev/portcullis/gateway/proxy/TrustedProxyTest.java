package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.TrustedProxies;
import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.TestTokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request came from, as a trusted proxy says. */
class TrustedProxyTest extends DataPlaneKit {

  @Override
  protected ProxySettings settings() {
    return new ProxySettings(
        new TrustedProxies(List.of(AddressBlock.parse("127.0.0.0/8"))),
        ProxySettings.DEFAULT.identity(),
        ProxySettings.DEFAULT.upstream(),
        ProxySettings.DEFAULT.clients(),
        ProxySettings.DEFAULT.logs());
  }

  @Test
  void aTrustedProxysWordIsKeptAndAddedTo() {
    get(
        "/api/x",
        "X-Forwarded-For: 10.9.8.7, 192.0.2.1",
        "X-Forwarded-For: 192.0.2.2",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: public.test",
        "X-Forwarded-Port: 443",
        "Forwarded: for=10.9.8.7");
    RawUpstream.Request request = upstream.last();
    assertThat(request.values("X-Forwarded-For"))
        .containsExactly("10.9.8.7, 192.0.2.1, 192.0.2.2, 127.0.0.1");
    assertThat(request.values("X-Real-IP")).containsExactly("192.0.2.2");
    assertThat(request.values("X-Forwarded-Proto")).containsExactly("https");
    assertThat(request.values("X-Forwarded-Host")).containsExactly("public.test");
    assertThat(request.values("X-Forwarded-Port")).containsExactly("443");
    assertThat(request.values("Forwarded"))
        .containsExactly("for=10.9.8.7, for=127.0.0.1;proto=http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-Prefix: /v", "X-Forwarded-User: v", "X-Original-URL: /v"})
  void whatNoRuleIsMadeForIsDroppedFromATrustedProxyToo(String field) {
    get("/api/x", field);
    assertThat(upstream.last().values(field.substring(0, field.indexOf(':')))).isEmpty();
  }

  @Test
  void anEmptySchemeIsAsObserved() {
    get("/api/x", "X-Forwarded-Proto: ");
    assertThat(upstream.last().values("X-Forwarded-Proto")).containsExactly("http");
  }

  @Test
  void connectionCannotStripATrustedProxysWord() {
    get("/api/x", "X-Forwarded-For: 192.0.2.2", "Connection: X-Forwarded-For");
    assertThat(upstream.last().values("X-Forwarded-For")).containsExactly("192.0.2.2, 127.0.0.1");
  }

  @ParameterizedTest(name = "[12.04, 12.05] {0} -> {1}")
  @CsvSource({
    "192.0.2.7, 200",
    "192.0.2.8, 403",
    "'192.0.2.7, 192.0.2.8', 403",
    "'192.0.2.8, 192.0.2.7', 200",
    "'192.0.2.7, 127.0.0.9', 200",
    "unknown, 403"
  })
  void theAddressListIsForTheClientBehindTheProxies(String forwardedFor, int status) {
    String secret = gateway.secretOf(TestTokens.allowedFrom("192.0.2.7"));
    String head =
        "GET /api/x HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: "
            + forwardedFor
            + "\r\nAuthorization: Bearer "
            + secret
            + "\r\n\r\n";
    assertThat(send(head).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Req-1_2.3", "0123456789012345678901234567890123456789"})
  void aWellFormedRequestIdOfATrustedProxyIsKept(String id) {
    assertThat(get("/api/x", "X-Request-Id: " + id).field("X-Request-Id")).contains(id);
    assertThat(upstream.last().values("X-Request-Id")).containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a\"b",
        "\u00e9",
        "a;b",
        "0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  void anyOtherRequestIdIsReplaced(String id) {
    String given = get("/api/x", "X-Request-Id: " + id).field("X-Request-Id").orElseThrow();
    assertThat(given).matches("[0-9a-f]{16}");
    assertThat(upstream.last().values("X-Request-Id")).containsExactly(given);
  }

  @Test
  void twoRequestIdsAreReplaced() {
    String given =
        get("/api/x", "X-Request-Id: a", "X-Request-Id: b").field("X-Request-Id").orElse("");
    assertThat(given).matches("[0-9a-f]{16}");
  }
}
