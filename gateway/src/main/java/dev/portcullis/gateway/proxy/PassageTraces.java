package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.meter.RequestMeters.Fault;
import dev.portcullis.gateway.trace.Served;
import java.util.Locale;
import java.util.Optional;
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
    Optional<Routed> routed = passage.routed();
    return new Served(
        passage.inbound().id(),
        request.method().name(),
        request.scheme(),
        request.hostName(),
        request.hostPort(),
        routed.map(found -> found.head().path().text()).or(() -> path(request.uri())),
        routed.map(Routed::match),
        passage.decision(),
        passage.outcome().name(),
        passage.status(),
        passage.fault().map(PassageTraces::word));
  }

  /** Of a target in origin form (RFC 9112, section 3.2.1). */
  private static Optional<String> path(String target) {
    return target.startsWith("/") ? Optional.of(target.split("[?#;]", 2)[0]) : Optional.empty();
  }

  private static String word(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT);
  }
}
