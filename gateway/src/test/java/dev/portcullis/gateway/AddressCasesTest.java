package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a request is from, and who is believed about it. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddressCasesTest {
  private static final String LINE = "GET /addresses/x";
  private static final String FOR = "X-Forwarded-For: ";

  private final TestBed bed;
  private final Issued v4;
  private final Issued v6;
  private final Issued loopback;

  AddressCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: addresses
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /addresses/x
            scopes: ["addresses:read"]
        """);
    bed.user("adam", "\"scopes\":[\"*:*\"]");
    v4 = boundTo("\"10.0.0.0/8\",\"192.0.2.7\"");
    v6 = boundTo("\"2001:db8::/32\"");
    loopback = boundTo("\"127.0.0.1\"");
  }

  private Issued boundTo(String blocks) {
    return bed.issue(
        "adam",
        "\"kind\":\"api\",\"scopes\":[\"addresses:read\"],\"allowedAddresses\":[" + blocks + "]");
  }

  private static Case proxied(String row, Issued token, String... fields) {
    return Case.allowed(row, LINE, with(token, fields)).from(SharedTestBed.PROXY);
  }

  private static Case outside(String row, Issued token, String... fields) {
    return Case.refused("ADDRESS_NOT_ALLOWED", row, LINE, with(token, fields))
        .from(SharedTestBed.PROXY);
  }

  private static String[] with(Issued token, String... fields) {
    return Stream.concat(Stream.of(token.bearer()), Stream.of(fields)).toArray(String[]::new);
  }

  private Stream<Case> blocks() {
    return Stream.of(
        Case.allowed("12.02 the peer's own address", LINE, loopback.bearer()),
        outside("12.02 another peer", loopback, FOR + "127.0.0.3"),
        proxied("12.02 the first of a block", v4, FOR + "10.0.0.0"),
        proxied("12.02 the last of a block", v4, FOR + "10.255.255.255"),
        proxied("12.02 one address", v4, FOR + "192.0.2.7"),
        proxied("12.02 IPv4 in IPv6", v4, FOR + "::ffff:10.1.2.3"),
        proxied("12.02 IPv6", v6, FOR + "2001:db8:1::1"),
        proxied("12.02 IPv6 in brackets with a port", v6, FOR + "[2001:DB8::1]:443"),
        proxied("12.02 IPv4 with a port", v4, FOR + "10.1.2.3:5555"),
        outside("12.02 one before a block", v4, FOR + "9.255.255.255"),
        outside("12.02 one behind a block", v4, FOR + "11.0.0.0"),
        outside("12.02 another IPv6", v6, FOR + "2001:db9::1"),
        outside("12.02 IPv6 where IPv4 is meant", v4, FOR + "a00::1"),
        outside("12.03 unknown", v4, FOR + "unknown"),
        outside("12.03 empty", v4, FOR),
        outside("12.03 a name", v4, FOR + "localhost"),
        outside("12.03 a block", v4, FOR + "10.0.0.0/8"),
        outside("12.03 no leading zeros", v4, FOR + "010.0.0.1x"));
  }

  private Stream<Case> hops() {
    return Stream.of(
        Case.refused("ADDRESS_NOT_ALLOWED", "12.04 not a proxy", LINE, with(v4, FOR + "10.1.2.3")),
        Case.refused(
            "ADDRESS_NOT_ALLOWED",
            "12.04 nor by another header",
            LINE,
            with(v4, "X-Real-IP: 10.1.2.3", "Forwarded: for=10.1.2.3", "Client-IP: 10.1.2.3")),
        outside("12.04 right-most hop is not the client's to say", v4, FOR + "10.1.2.3, 8.8.8.8"),
        proxied("12.05 right-most", v4, FOR + "8.8.8.8, 10.1.2.3"),
        proxied("12.05 right-most but proxies", v4, FOR + "8.8.8.8, 10.1.2.3, 127.0.0.2"),
        outside("12.05 several fields, the last counts", v4, FOR + "10.1.2.3", FOR + "8.8.8.8"),
        proxied("12.05 several fields", v4, FOR + "8.8.8.8", FOR + "10.1.2.3"),
        outside("12.05 right-most is no address", v4, FOR + "10.1.2.3, junk"),
        outside("12.05 nobody but the proxy", v4),
        proxied(
            "19.05 Connection strips nothing", v4, FOR + "10.1.2.3", "Connection: X-Forwarded-For"),
        outside("19.05 nor a bad one", v4, FOR + "8.8.8.8", "Connection: X-Forwarded-For"),
        proxied("19.06 in another case", v4, "x-FORWARDED-for: 10.1.2.3"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"blocks", "hops"})
  void decidesAsExpected(Case row) {
    bed.check(row);
  }

  @Test
  void aTrustedProxysWordIsKeptAndNobodyElses() {
    String[] told = {
      v4.bearer(), FOR + "10.1.2.3", "X-Forwarded-Proto: https", "X-Forwarded-Host: shop.test"
    };
    TestBed.Answer kept = bed.askFrom(SharedTestBed.PROXY, LINE, told);
    assertThat(kept.upstream("X-Forwarded-For")).as("19.02").containsExactly("10.1.2.3, 127.0.0.2");
    assertThat(kept.upstream("X-Forwarded-Proto")).containsExactly("https");
    assertThat(kept.upstream("X-Forwarded-Host")).containsExactly("shop.test");
    told[0] = loopback.bearer();
    TestBed.Answer dropped = bed.ask(LINE, told);
    assertThat(dropped.upstream("X-Forwarded-For")).as("12.04").containsExactly("127.0.0.1");
    assertThat(dropped.upstream("X-Forwarded-Proto")).containsExactly("http");
    assertThat(dropped.upstream("X-Forwarded-Host")).containsExactly("gateway.test");
  }

  @Test
  void anEmptySchemeIsAsObserved() {
    TestBed.Answer answer =
        bed.askFrom(SharedTestBed.PROXY, LINE, v4.bearer(), FOR + "10.1.2.3", "X-Forwarded-Proto:");
    assertThat(answer.upstream("X-Forwarded-Proto")).as("19.04").containsExactly("http");
  }

  @Test
  void noAnswerRepeatsTheHostThatTheClientNamed() {
    String head =
        "GET /addresses/x HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: evil.test\r\n\r\n";
    assertThat(bed.send(head).response().toString()).as("19.08").doesNotContain("evil.test");
  }
}
