package dev.portcullis.gateway.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.gateway.decision.TrustedProxies;
import dev.portcullis.gateway.trace.RequestTrace;
import dev.portcullis.gateway.trace.Tracing;
import dev.portcullis.policy.CanonicalPath;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/** Receives each request: finds its route, and has the chain decide over it. */
final class Arrivals {
  private final ActivePolicies policies;
  private final TrustedProxies proxies;
  private final AuthChain chain;
  private final List<Passage.Observer> observers;
  private final Tracing tracing;
  private final Ticker ticker;

  Arrivals(
      ActivePolicies policies,
      TrustedProxies proxies,
      AuthChain chain,
      List<Passage.Observer> observers,
      Tracing tracing,
      Ticker ticker) {
    this.policies = policies;
    this.proxies = proxies;
    this.chain = chain;
    this.observers = List.copyOf(observers);
    this.tracing = tracing;
    this.ticker = ticker;
  }

  /** Begins the passage of a request. To be called on the connection's event loop. */
  Passage begin(Channel channel, HttpRequest request) {
    Inbound inbound = Inbound.of(channel, request, proxies);
    long begun = ticker.read();
    RequestTrace trace = tracing.begin(inbound.method(), inbound.lines(), inbound.trusted(), begun);
    Passage passage = new Passage(inbound, begun, observers, trace);
    AnswerWatch.await(channel, passage);
    return passage;
  }

  /** Says what it is, and begins to decide over it. Never fails. */
  Arrival receive(Passage passage) {
    try {
      return found(passage);
    } catch (RuntimeException e) {
      return new Arrival.Failed(passage, e);
    }
  }

  private Arrival found(Passage passage) {
    Inbound inbound = passage.inbound();
    Optional<RejectedRequest> rejected = RejectedRequest.in(inbound.fields());
    if (rejected.isPresent()) {
      return new Arrival.Unlawful(passage, rejected.get());
    }
    String target = inbound.request().uri();
    int mark = target.indexOf('?');
    return switch (CanonicalPath.of(mark < 0 ? target : target.substring(0, mark))) {
      case CanonicalPath.Rejected(String detail) ->
          new Arrival.Unrouted(passage, Denied.because(Reason.REQUEST_REJECTED, detail));
      case CanonicalPath.Canonical(CanonicalPath path) -> {
        passage.leadsTo(path);
        CompiledPolicies compiled = policies.compiled();
        Optional<RouteMatch> match = compiled.policies().index().match(inbound.method(), path);
        if (match.isEmpty()) {
          yield new Arrival.Unrouted(passage, Denied.because(Reason.NO_ROUTE));
        }
        RequestHead head =
            new RequestHead(
                inbound.method(),
                path,
                mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1)),
                inbound.lines(),
                inbound.client(),
                inbound.transport());
        yield follow(passage, head, match.get(), compiled.of(match.get()));
      }
    };
  }

  private Arrival follow(Passage passage, RequestHead head, RouteMatch match, CompiledRoute route) {
    long begun = ticker.read();
    Deliberation deliberation =
        Deliberation.of(chain.decide(head, match, passage.trace().steps()), begun);
    Routed routed = new Routed(passage, head, match, route, deliberation);
    passage.follows(routed);
    return new Arrival.Followed(routed);
  }
}
