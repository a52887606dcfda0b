package dev.portcullis.gateway.limit;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The network that one client is taken to have for itself: an IPv4 address, or the /64 of an IPv6
 * address (RFC 4291, section 2.5.4), all of whose addresses are at its will. IPv4-mapped IPv6
 * addresses (RFC 4291, section 2.5.5.2) are IPv4 addresses.
 *
 * @param v6 whether it is IPv6
 * @param prefix the IPv4 address in the lower 32 bits, or the upper 64 bits of the IPv6 address
 */
public record ClientNetwork(boolean v6, long prefix) {
  private static final int V4_LENGTH = 4;
  private static final int MAPPED_AT = 12;
  private static final int MAPPED_MARK = 0xffff;

  /** The network of this address. */
  public static ClientNetwork of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    if (bytes.capacity() == V4_LENGTH) {
      return v4(bytes.getInt(0));
    }
    long prefix = bytes.getLong(0);
    return prefix == 0 && bytes.getInt(Long.BYTES) == MAPPED_MARK
        ? v4(bytes.getInt(MAPPED_AT))
        : new ClientNetwork(true, prefix);
  }

  private static ClientNetwork v4(int address) {
    return new ClientNetwork(false, Integer.toUnsignedLong(address));
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
