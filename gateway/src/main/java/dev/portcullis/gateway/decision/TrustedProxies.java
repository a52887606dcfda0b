package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.AddressBlock;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The proxies in front of the gateway whose word on the client's address and channel counts.
 *
 * @param blocks their addresses; empty for none
 */
public record TrustedProxies(List<AddressBlock> blocks) {

  public TrustedProxies {
    blocks = List.copyOf(blocks);
  }

  /** Whether this peer is one of them. */
  public boolean trusts(InetAddress peer) {
    for (AddressBlock block : blocks) {
      if (block.contains(peer)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The client's address: the peer, or behind trusted proxies the right-most address in {@code
   * X-Forwarded-For} that is not one of them. Empty where that entry is no address.
   */
  public Optional<InetAddress> client(InetAddress peer, HeaderFields headers) {
    if (!trusts(peer)) {
      return Optional.of(peer);
    }
    InetAddress furthest = peer;
    for (String field : headers.values("X-Forwarded-For").reversed()) {
      String[] hops = field.split(",", -1);
      for (int i = hops.length - 1; i >= 0; i--) {
        Optional<InetAddress> hop = address(hops[i].strip());
        if (hop.isEmpty() || !trusts(hop.get())) {
          return hop;
        }
        furthest = hop.get();
      }
    }
    return Optional.of(furthest);
  }

  /**
   * How the client's request came: as observed, or as a trusted proxy says in {@code
   * X-Forwarded-Proto}.
   *
   * @param tls whether the peer spoke TLS
   */
  public Transport transport(boolean tls, InetAddress peer, HeaderFields headers) {
    if (!trusts(peer)) {
      return Transport.of(tls);
    }
    List<String> told = headers.values("X-Forwarded-Proto");
    if (told.isEmpty() || told.getLast().isBlank()) {
      return tls ? Transport.TLS : Transport.UNTOLD;
    }
    if (told.stream().allMatch(proto -> proto.strip().equalsIgnoreCase("https"))) {
      return Transport.TLS;
    }
    return told.stream().allMatch(proto -> proto.strip().equalsIgnoreCase("http"))
        ? Transport.PLAIN
        : Transport.UNTOLD;
  }

  /** An address, also with a port behind it, as some proxies write it. */
  private static Optional<InetAddress> address(String text) {
    String host = text;
    if (text.startsWith("[") && text.contains("]")) {
      host = text.substring(1, text.indexOf(']'));
    } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
      host = text.substring(0, text.indexOf(':'));
    }
    if (host.indexOf('/') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(AddressBlock.parse(host).network());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
