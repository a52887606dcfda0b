package dev.portcullis.gateway.proxy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The fields that are for one connection only (RFC 9110, section 7.6.1). */
final class HopByHop {
  /** Always, in lower case; {@code Transfer-Encoding} is left to whoever sends the body. */
  static final Set<String> NAMES =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "upgrade",
          "http2-settings");

  /** A sender may call these hop-by-hop; a body would then end elsewhere for the next server. */
  private static final Set<String> NEVER_NOMINATED =
      Set.of("content-length", "transfer-encoding", "host", "close");

  private HopByHop() {}

  /** The names, in lower case, that the sender nominates in {@code Connection}. */
  static Set<String> nominated(List<String> connection) {
    if (connection.isEmpty()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    for (String value : connection) {
      for (String option : value.split(",", -1)) {
        names.add(option.strip().toLowerCase(Locale.ROOT));
      }
    }
    names.removeAll(NEVER_NOMINATED);
    return names;
  }
}
