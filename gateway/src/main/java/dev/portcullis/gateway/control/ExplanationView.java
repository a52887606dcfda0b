package dev.portcullis.gateway.control;

import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.Explanation;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RefusalContext;
import dev.portcullis.policy.RouteMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What would become of a request, and why, in JSON. What there is not is {@code null}.
 *
 * @param outcome {@code allowed}, {@code open}, {@code refused} or {@code no-route}
 * @param status that a client would be answered where it is refused
 * @param shadow whether the route lets pass what it refuses
 */
record ExplanationView(
    String outcome,
    Optional<Reason> reason,
    Optional<Integer> status,
    Optional<String> api,
    Optional<String> route,
    boolean shadow,
    Optional<String> tokenId,
    Optional<String> principal,
    List<Step> steps) {

  /** One step, in JSON. */
  record Step(String step, String outcome, Optional<Reason> reason, String detail) {
    static Step passed(String step, String detail) {
      return new Step(step, "passed", Optional.empty(), detail);
    }

    static Step refused(String step, Reason reason, String detail) {
      return new Step(step, "refused", Optional.of(reason), detail);
    }

    private static Step of(Explanation.Step step) {
      return new Step(
          step.name(),
          step.outcome().name().toLowerCase(Locale.ROOT),
          step.reason(),
          step.detail());
    }
  }

  /** Refused before there was a route. */
  static ExplanationView unrouted(Reason reason, List<Step> steps) {
    return new ExplanationView(
        reason == Reason.NO_ROUTE ? "no-route" : "refused",
        Optional.of(reason),
        Optional.of(reason.status()),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        steps);
  }

  private static int status(RouteMatch match, Reason reason) {
    return match.policy().errors().answer(reason, RefusalContext.of("")).status();
  }

  /** As the chain of its route says, after these steps. */
  static ExplanationView of(RouteMatch match, Explanation explanation, List<Step> before) {
    Optional<Reason> reason =
        explanation.decision() instanceof Decision.Denied denied
            ? Optional.of(denied.reason())
            : Optional.empty();
    List<Step> steps = new ArrayList<>(before);
    explanation.steps().forEach(step -> steps.add(Step.of(step)));
    return new ExplanationView(
        switch (explanation.decision()) {
          case Decision.Allowed _ -> "allowed";
          case Decision.Open _ -> "open";
          case Decision.Denied _ -> "refused";
        },
        reason,
        reason.map(it -> status(match, it)),
        Optional.of(match.policy().api()),
        Optional.of(match.route().id()),
        match.route().shadow(),
        explanation.token().map(Token::id),
        explanation.principal().map(Principal::id),
        steps);
  }
}
