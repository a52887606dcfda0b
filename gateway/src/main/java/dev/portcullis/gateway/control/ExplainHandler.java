package dev.portcullis.gateway.control;

import dev.portcullis.gateway.control.ExplanationView.Step;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.CanonicalPath;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Replies to questions why a request is let through or not. Nothing is spent or written by it. */
final class ExplainHandler {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final PoliciesInForce policies;
  private final PepperRing peppers;
  private final TokenStore store;
  private final VisibleTokens tokens;
  private final VisiblePrincipals principals;
  private final InstantSource clock;

  ExplainHandler(
      PoliciesInForce policies,
      PepperRing peppers,
      TokenStore store,
      VisibleTokens tokens,
      VisiblePrincipals principals,
      InstantSource clock) {
    this.policies = policies;
    this.peppers = peppers;
    this.store = store;
    this.tokens = tokens;
    this.principals = principals;
    this.clock = clock;
  }

  Mono<Reply> explain(OperatorCall call) {
    return RequestBody.then(
        call.request(),
        body -> {
          JsonMembers members = body.members();
          AskedRequest asked = AskedRequest.read(members);
          if (!members.problems().isEmpty()) {
            return Mono.just(Reply.refused(members));
          }
          return asked.tokenId().isEmpty()
              ? explain(call.operator(), asked, Optional.empty())
              : tokens
                  .find(call.operator(), asked.tokenId().get())
                  .flatMap(found -> explain(call.operator(), asked, found, members));
        });
  }

  private Mono<Reply> explain(
      Operator operator, AskedRequest asked, Outcome<KeptToken> found, JsonMembers members) {
    return switch (found) {
      case Outcome.Done(KeptToken token) ->
          explain(operator, asked, Optional.of(token.details().token()));
      case Outcome.Unavailable<KeptToken> _ -> Mono.just(Reply.refused(Problem.unavailable()));
      case Outcome.NotFound<KeptToken> _, Outcome.Conflict<KeptToken> _ -> {
        members.refuse("tokenId", "there is no such token");
        yield Mono.just(Reply.refused(members));
      }
    };
  }

  private Mono<Reply> explain(Operator operator, AskedRequest asked, Optional<Token> token) {
    return switch (asked.path()) {
      case CanonicalPath.Rejected(String detail) ->
          unrouted(Reason.REQUEST_REJECTED, List.of(), "path", detail);
      case CanonicalPath.Canonical(CanonicalPath path) -> {
        Step read = Step.passed("path", path.text());
        Optional<RouteMatch> match = policies.current().index().match(asked.method(), path);
        if (match.isEmpty()) {
          yield unrouted(Reason.NO_ROUTE, List.of(read), "route", "no policy has such a route");
        }
        List<Step> steps = List.of(read, Step.passed("route", match.get().route().id()));
        yield explain(operator, asked.head(path), match.get(), token, steps);
      }
    };
  }

  private static Mono<Reply> unrouted(
      Reason reason, List<Step> before, String step, String detail) {
    List<Step> steps = new ArrayList<>(before);
    steps.add(Step.refused(step, reason, detail));
    return Mono.just(Reply.ok(ExplanationView.unrouted(reason, steps)));
  }

  private Mono<Reply> explain(
      Operator operator,
      RequestHead head,
      RouteMatch match,
      Optional<Token> token,
      List<Step> before) {
    AuthChain chain = new AuthChain(peppers, new VisibleStore(store, operator), PATIENCE, clock);
    if (token.isEmpty()) {
      return Stages.mono(() -> chain.explain(head, match))
          .map(it -> Reply.ok(ExplanationView.of(match, it, before)));
    }
    return principals
        .find(operator, token.get().principalId())
        .map(
            found ->
                switch (found) {
                  case Outcome.Done(Principal owner) ->
                      Reply.ok(
                          ExplanationView.of(
                              match, chain.explain(token.get(), owner, head, match), before));
                  case Outcome.Unavailable<Principal> _ -> Reply.refused(Problem.unavailable());
                  case Outcome.NotFound<Principal> _, Outcome.Conflict<Principal> _ ->
                      Reply.ok(
                          ExplanationView.of(
                              match,
                              chain.explain(token.get(), deleted(token.get()), head, match),
                              before));
                });
  }

  /** As far as the chain could tell if it were still there: a principal with nothing. */
  private static Principal deleted(Token token) {
    return new Principal(
        token.principalId(),
        PrincipalKind.SERVICE_ACCOUNT,
        Optional.empty(),
        Optional.empty(),
        false,
        GrantedScopes.NONE);
  }
}
