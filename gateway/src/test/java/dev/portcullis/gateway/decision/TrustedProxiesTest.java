package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.AddressBlock;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress STRANGER = InetAddress.ofLiteral("203.0.113.9");

  private final TrustedProxies proxies =
      new TrustedProxies(Stream.of("10.0.0.0/8", "fd00::/8").map(AddressBlock::parse).toList());

  @Test
  void takesThePeerAtItsOwnAddressWhereItIsNoTrustedProxy() {
    assertThat(client(STRANGER, "198.51.100.1")).contains(STRANGER);
  }

  @Test
  void believesNobodyByDefault() {
    assertThat(new TrustedProxies(List.of()).client(PROXY, forwarded("198.51.100.1")))
        .contains(PROXY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.1 | 198.51.100.1",
        "1.1.1.1, 198.51.100.1 | 198.51.100.1",
        "1.1.1.1, 198.51.100.1, 10.1.1.1 | 198.51.100.1",
        "198.51.100.1:4711 | 198.51.100.1",
        "[2001:db8::1]:443 | 2001:db8::1",
        "2001:db8::1 | 2001:db8::1",
        "::ffff:198.51.100.1 | 198.51.100.1",
        "10.1.1.2, 10.1.1.1 | 10.1.1.2",
      })
  void takesTheRightMostAddressThatIsNoTrustedProxy(String field, String client) {
    assertThat(client(PROXY, field)).contains(InetAddress.ofLiteral(client));
  }

  @Test
  void readsSeveralFieldLinesAsOneList() {
    HeaderFields fields =
        HeaderFields.of(Map.of("X-Forwarded-For", List.of("1.1.1.1, 198.51.100.1", "10.1.1.1")));
    assertThat(proxies.client(PROXY, fields)).contains(InetAddress.ofLiteral("198.51.100.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "", "198.51.100.1,", "example.com", "_hidden", "1.1.1.1/8"})
  void knowsNoClientWhereTheRightMostEntryIsNoAddress(String field) {
    assertThat(client(PROXY, field)).isEmpty();
  }

  @Test
  void takesTheProxyItselfWhereItNamesNobody() {
    assertThat(proxies.client(PROXY, HeaderFields.of(Map.of()))).contains(PROXY);
  }

  @Test
  void believesATrustedProxyAboutTlsAndNobodyElse() {
    HeaderFields https = HeaderFields.of(Map.of("X-Forwarded-Proto", List.of("https")));
    HeaderFields http = HeaderFields.of(Map.of("X-Forwarded-Proto", List.of("http")));
    HeaderFields mixed = HeaderFields.of(Map.of("X-Forwarded-Proto", List.of("https", "http")));
    HeaderFields blank = HeaderFields.of(Map.of("X-Forwarded-Proto", List.of("")));
    assertThat(proxies.transport(false, PROXY, https)).isEqualTo(Transport.TLS);
    assertThat(proxies.transport(false, STRANGER, https)).isEqualTo(Transport.PLAIN);
    assertThat(proxies.transport(true, PROXY, http)).isEqualTo(Transport.PLAIN);
    assertThat(proxies.transport(false, PROXY, mixed)).isEqualTo(Transport.UNTOLD);
    assertThat(proxies.transport(true, PROXY, blank)).isEqualTo(Transport.TLS);
  }

  @Test
  void doesNotTakeASilentProxyToSayThatTheClientSpokePlainHttp() {
    HeaderFields nothing = HeaderFields.of(Map.of());
    assertThat(proxies.transport(false, PROXY, nothing)).isEqualTo(Transport.UNTOLD);
    assertThat(proxies.transport(false, STRANGER, nothing)).isEqualTo(Transport.PLAIN);
  }

  private Optional<InetAddress> client(InetAddress peer, String field) {
    return proxies.client(peer, forwarded(field));
  }

  private static HeaderFields forwarded(String field) {
    return HeaderFields.of(Map.of("X-Forwarded-For", List.of(field)));
  }
}
