package dev.portcullis.gateway.limit;

import java.net.InetAddress;

/**
 * The network that one client is taken to have for itself: an IPv4 address, or the /64 of an IPv6
 * address (RFC 4291, section 2.5.4), all of whose addresses are at its will. IPv4-mapped IPv6
 * addresses (RFC 4291, section 2.5.5.2) are IPv4 addresses.
 *
 * @param v6 whether it is IPv6
 * @param prefix the IPv4 address in the lower 32 bits, or the upper 64 bits of the IPv6 address
 */
public record ClientNetwork(boolean v6, long prefix) implements FailureThrottle.Source {
  private static final int V4_LENGTH = 4;
  private static final int MAPPED_AT = 12;
  private static final int MAPPED_MARK = 0xffff;

  /** The network of this address. */
  public static ClientNetwork of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == V4_LENGTH) {
      return v4(bytes, 0);
    }
    long prefix = number(bytes, 0) << Integer.SIZE | number(bytes, Integer.BYTES);
    return prefix == 0 && number(bytes, Long.BYTES) == MAPPED_MARK
        ? v4(bytes, MAPPED_AT)
        : new ClientNetwork(true, prefix);
  }

  /** The 32 bits that begin there, unsigned. */
  private static long number(byte[] bytes, int at) {
    return (bytes[at] & 0xffL) << 24
        | (bytes[at + 1] & 0xffL) << 16
        | (bytes[at + 2] & 0xffL) << 8
        | (bytes[at + 3] & 0xffL);
  }

  private static ClientNetwork v4(byte[] bytes, int at) {
    return new ClientNetwork(false, number(bytes, at));
  }

  /** As {@code 192.0.2.7} or {@code 2001:db8::/64} (RFC 5952, section 4). */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (!v6) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        text.append(prefix >> shift & 0xff).append(shift > 0 ? "." : "");
      }
      return text.toString();
    }
    for (int shift = 48; shift >= 0 && prefix << (48 - shift) != 0; shift -= 16) {
      text.append(text.isEmpty() ? "" : ":").append(Long.toHexString(prefix >> shift & 0xffff));
    }
    return text.append("::/64").toString();
  }
}
