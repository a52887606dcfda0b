package dev.portcullis.policy;

import java.net.URI;
import java.util.regex.Pattern;

/** Finds issuers whose keys anybody on the way could replace. */
final class IssuerLint {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

  private IssuerLint() {}

  static void check(PolicyFile file, Problems warnings) {
    for (Placed<Issuer> issuer : file.issuers()) {
      URI keys = issuer.value().keys();
      if (keys.getScheme().equals("http") && !LOOPBACK.matcher(keys.getHost()).matches()) {
        warnings.add(
            issuer.place(),
            "fetches its keys over plain HTTP: whoever is on the way can put in their own");
      }
    }
  }
}
