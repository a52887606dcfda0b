package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Explanation.Outcome;
import dev.portcullis.gateway.decision.Explanation.Step;
import dev.portcullis.policy.RouteMatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The witness that remembers how far one request came, to tell it step by step. */
final class StepsTaken implements Witness {
  private static final String NAMED =
      "the token is named by its id, and what the request leaves unsaid is as with its principal";

  private static final List<String> OPEN_STEPS = List.of(CHANNEL, PUBLIC, LIMIT);
  private static final List<String> STEPS =
      Stream.of(
              Stream.of(CHANNEL, EXTRACT, VERIFY),
              TokenCheck.IN_ORDER.stream().map(TokenCheck::word),
              Stream.of(LIMIT))
          .flatMap(steps -> steps)
          .toList();

  private final RequestHead head;
  private final RouteMatch match;
  private final Set<String> byId;
  private final Set<String> passed = new HashSet<>();
  private Optional<TokenUse> use = Optional.empty();

  private StepsTaken(RequestHead head, RouteMatch match, Set<String> byId) {
    this.head = head;
    this.match = match;
    this.byId = byId;
  }

  /** All steps of a request that led here, in order. */
  static List<String> names(RouteMatch match) {
    return match.route().open() ? OPEN_STEPS : STEPS;
  }

  /** Of a request that carries its token. */
  static StepsTaken of(RequestHead head, RouteMatch match) {
    return new StepsTaken(head, match, Set.of());
  }

  /** Of a request whose token is named by its id. */
  static StepsTaken ofNamed(RequestHead head, RouteMatch match) {
    return new StepsTaken(head, match, Set.of(EXTRACT, VERIFY));
  }

  @Override
  public void passed(String step) {
    passed.add(step);
  }

  @Override
  public void known(TokenUse use) {
    this.use = Optional.of(use);
  }

  /** The steps up to this decision; the first that was not passed is the one that refused. */
  Explanation explanation(Decision decision) {
    List<Step> steps = new ArrayList<>();
    boolean refused = false;
    if (!(decision instanceof Denied)) {
      passed.add(LIMIT);
    }
    for (String name : names(match)) {
      if (passed.contains(name)) {
        steps.add(passedStep(name, decision.limits()));
      } else if (!refused && decision instanceof Denied denied) {
        refused = true;
        steps.add(new Step(name, Outcome.REFUSED, Optional.of(denied.reason()), why(name, denied)));
      } else {
        steps.add(skipped(name, "not reached"));
      }
    }
    return new Explanation(decision, steps, use.map(TokenUse::token), use.map(TokenUse::principal));
  }

  private Step passedStep(String name, LimitReport limits) {
    return byId.contains(name)
        ? skipped(name, NAMED)
        : new Step(name, Outcome.PASSED, Optional.empty(), facts(name, limits));
  }

  private static Step skipped(String name, String detail) {
    return new Step(name, Outcome.SKIPPED, Optional.empty(), detail);
  }

  private String why(String name, Denied denied) {
    return switch (denied.reason()) {
      case CREDENTIALS_MISSING -> RequestFacts.sought(match.policy());
      case EMAIL_MISSING -> RequestFacts.emailRequired(match.policy());
      case TOKEN_UNKNOWN -> denied.detail().isEmpty() ? "no such token" : denied.detail();
      case RATE_LIMITED, QUOTA_EXHAUSTED -> facts(name, denied.limits());
      default -> denied.detail().isEmpty() ? facts(name, denied.limits()) : denied.detail();
    };
  }

  private String facts(String name, LimitReport limits) {
    return switch (name) {
      case CHANNEL -> RequestFacts.channel(head, match.policy());
      case PUBLIC -> "the route asks for no credentials";
      case EXTRACT -> RequestFacts.found(head, match.policy());
      case LIMIT -> LimitFacts.of(limits);
      case VERIFY -> use.map(TokenFacts::token).orElse("");
      default ->
          TokenCheck.IN_ORDER.stream()
              .filter(check -> check.word().equals(name))
              .flatMap(check -> use.map(check::facts).stream())
              .collect(Collectors.joining());
    };
  }
}
