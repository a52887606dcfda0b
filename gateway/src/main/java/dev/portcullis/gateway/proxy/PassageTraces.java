package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.meter.RequestMeters.Fault;
import dev.portcullis.gateway.trace.Served;
import dev.portcullis.policy.CanonicalPath;
import java.util.Locale;

/** Ends the span of every sampled request when it is over. */
final class PassageTraces implements Passage.Observer {
  @Override
  public void ended(Passage passage) {
    if (passage.trace().isSampled()) {
      passage.trace().ended(served(passage));
    }
  }

  private static Served served(Passage passage) {
    Inbound inbound = passage.inbound();
    return new Served(
        inbound.id(),
        inbound.method(),
        inbound.scheme(),
        address(inbound.host().orElse("")),
        Integer.parseInt(inbound.port()),
        passage.path().map(CanonicalPath::text),
        passage.routed().map(Routed::match),
        passage.decision(),
        passage.outcome().name(),
        passage.status(),
        passage.fault().map(PassageTraces::word));
  }

  private static String address(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  private static String word(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT);
  }
}
