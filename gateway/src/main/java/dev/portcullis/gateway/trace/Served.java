package dev.portcullis.gateway.trace;

import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.policy.RouteMatch;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;

/**
 * What there is to tell of a request when it is over.
 *
 * @param id its name in the answer and in the log
 * @param method as sent
 * @param scheme of the connection it came by
 * @param host that it is addressed to
 * @param port that it is addressed to
 * @param path without query; empty where the target is none
 * @param match where it led
 * @param decision over it
 * @param outcome what became of it, in a fixed word
 * @param status of its answer; 0 where there was none
 * @param fault what came between it and its answer, in a fixed word
 */
public record Served(
    String id,
    String method,
    String scheme,
    String host,
    int port,
    Optional<String> path,
    Optional<RouteMatch> match,
    Optional<Decision> decision,
    String outcome,
    int status,
    Optional<String> fault) {

  void tell(Span span) {
    String word = HttpMethods.known(method);
    span.updateName(HttpMethods.name(method));
    span.setAttribute(SpanFields.METHOD, word);
    span.setAttribute(SpanFields.SCHEME, scheme);
    span.setAttribute(SpanFields.SERVER_ADDRESS, host);
    span.setAttribute(SpanFields.SERVER_PORT, (long) port);
    span.setAttribute(SpanFields.REQUEST_ID, id);
    span.setAttribute(SpanFields.OUTCOME, outcome);
    path.ifPresent(text -> span.setAttribute(SpanFields.PATH, text));
    match.ifPresent(found -> tell(found, span));
    decision.ifPresent(made -> tell(made, span));
    if (status != 0) {
      span.setAttribute(SpanFields.STATUS, (long) status);
    }
    if (fault.isPresent() || status >= 500) {
      span.setAttribute(SpanFields.ERROR_TYPE, fault.orElse(Integer.toString(status)));
      span.setStatus(StatusCode.ERROR);
    }
  }

  private void tell(RouteMatch found, Span span) {
    String template = found.route().path().toString();
    span.updateName(HttpMethods.name(method) + " " + template);
    span.setAttribute(SpanFields.ROUTE_TEMPLATE, template);
    span.setAttribute(SpanFields.API, found.policy().api());
    span.setAttribute(SpanFields.ROUTE, found.route().id());
    if (found.route().shadow()) {
      span.setAttribute(SpanFields.SHADOW, true);
    }
  }

  private static void tell(Decision made, Span span) {
    switch (made) {
      case Allowed allowed -> span.setAttribute(SpanFields.TOKEN_ID, allowed.token().id());
      case Denied denied -> {
        span.setAttribute(SpanFields.REASON, denied.reason().name());
        denied.tokenId().ifPresent(id -> span.setAttribute(SpanFields.TOKEN_ID, id));
      }
      case Decision.Open _ -> {}
    }
  }
}
