package dev.portcullis.gateway.token;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * A block of IP addresses in CIDR notation (RFC 4632; RFC 4291, section 2.3); a single address is a
 * block of one. IPv4-mapped IPv6 addresses (RFC 4291, section 2.5.5.2) are IPv4 addresses.
 *
 * @param network the first address, 4 or 16 bytes
 * @param prefixLength 0 to 32 or 0 to 128
 */
public record AddressBlock(InetAddress network, int prefixLength) {
  private static final String BYTE = "(?:0|[1-9][0-9]{0,2})";
  private static final Pattern DOTTED = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

  /**
   * Reads the written form, never asking a name server.
   *
   * @throws IllegalArgumentException with a message for people: not an address, a prefix out of
   *     range, or bits set behind the prefix
   */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    String written = slash < 0 ? text : text.substring(0, slash);
    InetAddress network = address(written);
    int width = network.getAddress().length * 8;
    // A mapped address is written with 128 bits, of which the last 32 count.
    int unused = width == 32 && written.indexOf(':') >= 0 ? 96 : 0;
    int prefixLength =
        slash < 0 ? width : length(text, text.substring(slash + 1), unused, width + unused);
    AddressBlock block = new AddressBlock(network, prefixLength);
    if (!block.isFirst()) {
      throw new IllegalArgumentException("'" + text + "' has bits set behind its prefix");
    }
    return block;
  }

  /** Whether the address is in this block. */
  public boolean contains(InetAddress address) {
    if (network instanceof Inet4Address mine && address instanceof Inet4Address other) {
      return prefixLength == 0 || (number(mine) ^ number(other)) >>> (32 - prefixLength) == 0;
    }
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

  /** The 32 bits of an IPv4 address, the first of them the highest. */
  private static int number(Inet4Address address) {
    byte[] bytes = address.getAddress();
    return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
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
    // A literal never has a name server asked. Brackets, zones, and the short and octal forms of
    // IPv4, which programs read differently, are no address here.
    if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0 || !isPlain(text)) {
      throw new IllegalArgumentException("'" + text + "' is not an IP address");
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' is not an IP address", e);
    }
  }

  private static boolean isPlain(String text) {
    return text.indexOf(':') >= 0 || DOTTED.matcher(text).matches();
  }

  private static int length(String block, String text, int least, int most) {
    int length = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (length < least || length > most) {
      throw new IllegalArgumentException(
          "'" + block + "': the prefix is not " + least + " to " + most);
    }
    return length - least;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixLength;
  }
}
