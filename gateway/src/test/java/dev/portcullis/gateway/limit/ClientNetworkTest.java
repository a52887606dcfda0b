package dev.portcullis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as one client's network. */
class ClientNetworkTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "255.255.255.255, 255.255.255.255",
    "0.0.0.0, 0.0.0.0",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8::1, 2001:db8::/64",
    "2001:db8:0:0:ffff:ffff:ffff:ffff, 2001:db8::/64",
    "2001:db8:1:2::1, 2001:db8:1:2::/64",
    "2001:0:0:1::1, 2001:0:0:1::/64",
    "0:0:0:1::1, 0:0:0:1::/64",
    "ffff:ffff:ffff:ffff::, ffff:ffff:ffff:ffff::/64",
    "::1, ::/64",
  })
  void isWrittenAsTheAddressOrAsTheBlock(String address, String network) {
    assertThat(of(address)).hasToString(network);
  }

  @Test
  void addressesOfOne64AreOneNetwork() {
    assertThat(of("2001:db8::1"))
        .isEqualTo(of("2001:db8::ffff"))
        .hasSameHashCodeAs(of("2001:db8::ffff"))
        .isNotEqualTo(of("2001:db8:0:1::1"));
  }

  @Test
  void ipv4AddressesAreEachTheirOwnNetwork() {
    assertThat(of("192.0.2.7")).isEqualTo(of("192.0.2.7")).isNotEqualTo(of("192.0.2.8"));
  }

  @Test
  void aMappedAddressIsTheIpv4AddressAlsoWhereTheJdkLeftItIpv6() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = (byte) 192;
    mapped[14] = 2;
    mapped[15] = 7;
    InetAddress address = Inet6Address.getByAddress("", mapped, 0);

    assertThat(address).isInstanceOf(Inet6Address.class);
    assertThat(ClientNetwork.of(address)).isEqualTo(of("192.0.2.7"));
  }

  @Test
  void anIpv4AddressIsNotTheIpv6NetworkOfTheSameBits() {
    assertThat(of("0.0.0.1")).isNotEqualTo(of("0:0:0:1::"));
  }

  private static ClientNetwork of(String address) {
    return ClientNetwork.of(InetAddress.ofLiteral(address));
  }
}
