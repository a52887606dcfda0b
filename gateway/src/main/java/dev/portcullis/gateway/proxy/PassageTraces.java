package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.meter.RequestMeters.Fault;
import dev.portcullis.gateway.trace.Served;
import dev.portcullis.policy.CanonicalPath;
import java.util.Locale;
import reactor.netty.http.server.HttpServerRequest;

/** Ends the span of every sampled request when it is over. */
final class PassageTraces implements Passage.Observer {
  @Override
  public void ended(Passage passage) {
    if (passage.trace().isSampled()) {
      passage.trace().ended(served(passage));
    }
  }

  private static Served served(Passage passage) {
    HttpServerRequest request = passage.inbound().request();
    return new Served(
        passage.inbound().id(),
        request.method().name(),
        request.scheme(),
        request.hostName(),
        request.hostPort(),
        passage.path().map(CanonicalPath::text),
        passage.routed().map(Routed::match),
        passage.decision(),
        passage.outcome().name(),
        passage.status(),
        passage.fault().map(PassageTraces::word));
  }

  private static String word(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT);
  }
}
