package dev.portcullis.gateway.token;

import java.net.InetAddress;

/**
 * A block of IP addresses in CIDR notation (RFC 4632; RFC 4291, section 2.3); a single address is a
 * block of one. IPv4-mapped IPv6 addresses (RFC 4291, section 2.5.5.2) are IPv4 addresses.
 *
 * @param network the first address, 4 or 16 bytes
 * @param prefixLength 0 to 32 or 0 to 128
 */
public record AddressBlock(InetAddress network, int prefixLength) {

  /**
   * Reads the written form, never asking a name server.
   *
   * @throws IllegalArgumentException with a message for people: not an address, a prefix out of
   *     range, or bits set behind the prefix
   */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    InetAddress network = address(slash < 0 ? text : text.substring(0, slash));
    int width = network.getAddress().length * 8;
    int prefixLength = slash < 0 ? width : length(text, text.substring(slash + 1), width);
    AddressBlock block = new AddressBlock(network, prefixLength);
    if (!block.contains(network) || !block.isFirst()) {
      throw new IllegalArgumentException("'" + text + "' has bits set behind its prefix");
    }
    return block;
  }

  /** Whether the address is in this block. */
  public boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    int whole = prefixLength / 8;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != other[i]) {
        return false;
      }
    }
    int rest = prefixLength % 8;
    return rest == 0 || ((mine[whole] ^ other[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
  }

  private boolean isFirst() {
    byte[] bytes = network.getAddress();
    for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
      if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress address(String text) {
    // A literal never has a name server asked; brackets and zones are no part of an address here.
    if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      throw new IllegalArgumentException("'" + text + "' is not an IP address");
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' is not an IP address", e);
    }
  }

  private static int length(String block, String text, int width) {
    try {
      int length = Integer.parseInt(text);
      if (length >= 0 && length <= width && Character.isDigit(text.charAt(0))) {
        return length;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException("'" + block + "': the prefix is not 0 to " + width);
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixLength;
  }
}
