package dev.portcullis.gateway.control;

import dev.portcullis.gateway.control.ExplanationView.Step;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.CanonicalPath;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Replies to questions why a request is let through or not. Nothing is spent or written by it. */
final class ExplainHandler {
  private final PoliciesInForce policies;
  private final AuthChain chain;
  private final TokenStore store;
  private final VisibleTokens tokens;
  private final VisiblePrincipals principals;

  ExplainHandler(
      PoliciesInForce policies,
      AuthChain chain,
      TokenStore store,
      VisibleTokens tokens,
      VisiblePrincipals principals) {
    this.policies = policies;
    this.chain = chain;
    this.store = store;
    this.tokens = tokens;
    this.principals = principals;
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
    AuthChain visible = chain.reading(new VisibleStore(store, operator));
    if (token.isEmpty()) {
      return Stages.mono(() -> visible.explain(head, match))
          .map(it -> Reply.ok(ExplanationView.of(match, it, before)));
    }
    return principals
        .find(operator, token.get().principalId())
        .flatMap(
            found ->
                switch (found) {
                  case Outcome.Done(Principal owner) ->
                      explain(visible, token.get(), owner, head, match, before);
                  case Outcome.Unavailable<Principal> _ ->
                      Mono.just(Reply.refused(Problem.unavailable()));
                  case Outcome.NotFound<Principal> _, Outcome.Conflict<Principal> _ ->
                      explain(visible, token.get(), deleted(token.get()), head, match, before);
                });
  }

  private static Mono<Reply> explain(
      AuthChain chain,
      Token token,
      Principal owner,
      RequestHead head,
      RouteMatch match,
      List<Step> before) {
    return Stages.mono(() -> chain.explain(token, owner, head, match))
        .map(it -> Reply.ok(ExplanationView.of(match, it, before)));
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
