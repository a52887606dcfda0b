package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Issuance;
import dev.portcullis.gateway.registry.IssuedToken;
import dev.portcullis.gateway.registry.ManagedIssuance;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Outcomes;
import dev.portcullis.gateway.token.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** Replies to requests for new tokens. */
final class TokenCreation {
  private static final int ATTEMPTS = 5;

  private final VisiblePrincipals principals;
  private final Issuance issuance;
  private final ManagedIssuance managed;
  private final IssueReplies replies;
  private final Grants grants;
  private final RulesPerApi rules;
  private final InstantSource clock;

  TokenCreation(
      VisiblePrincipals principals,
      Issuance issuance,
      ManagedIssuance managed,
      IssueReplies replies,
      Grants grants,
      RulesPerApi rules,
      InstantSource clock) {
    this.principals = principals;
    this.issuance = issuance;
    this.managed = managed;
    this.replies = replies;
    this.grants = grants;
    this.rules = rules;
    this.clock = clock;
  }

  Mono<Reply> create(OperatorCall call) {
    return RequestBody.then(
        call.request(),
        body ->
            replies.once(
                call,
                body.bytes(),
                key -> {
                  JsonMembers members = body.members();
                  NewToken asked = NewToken.read(members, rules, clock.instant());
                  return create(call.operator(), members, asked, key, ATTEMPTS);
                }));
  }

  private Mono<Reply> create(
      Operator operator, JsonMembers members, NewToken asked, IdempotencyKey key, int attempts) {
    // Looked up even when the request is refused already: all that is wrong is told together.
    return asked
        .principal()
        .map(id -> principals.find(operator, id))
        .orElse(Mono.just(new Outcome.NotFound<>()))
        .flatMap(
            outcome -> {
              switch (outcome) {
                case Outcome.Done(Principal owner) -> grants.check(asked, owner, operator, members);
                case Outcome.Unavailable<Principal> _ -> {
                  return Mono.just(Reply.refused(Problem.unavailable()));
                }
                case Outcome.NotFound<Principal> _, Outcome.Conflict<Principal> _ ->
                    asked
                        .principal()
                        .ifPresent(_ -> members.refuse("principal", "there is no such principal"));
              }
              return outcome instanceof Outcome.Done(Principal owner)
                      && members.problems().isEmpty()
                  ? issue(operator, members, asked, owner, key, attempts)
                  : Mono.just(Reply.refused(members));
            });
  }

  /** A principal that was changed since it was read is read again: it may have less to give. */
  private Mono<Reply> issue(
      Operator operator,
      JsonMembers members,
      NewToken asked,
      Principal owner,
      IdempotencyKey key,
      int attempts) {
    return Stages.mono(() -> made(operator, asked, owner, key))
        .flatMap(
            result ->
                attempts > 1 && isOvertaken(result)
                    ? create(operator, members, asked, key, attempts - 1)
                    : Mono.just(reply(result)));
  }

  private CompletionStage<ManagedIssuance.Result> made(
      Operator operator, NewToken asked, Principal owner, IdempotencyKey key) {
    return asked.storage().isPresent()
        ? managed.create(
            asked.draft(), asked.storage().get(), owner, operator.author(), key.remembered())
        : issuance
            .create(asked.draft(), owner, operator.author(), key.remembered())
            .thenApply(ManagedIssuance.Registered::new);
  }

  private static boolean isOvertaken(ManagedIssuance.Result result) {
    return result instanceof ManagedIssuance.Registered(Outcome<IssuedToken> outcome)
        && outcome.equals(Outcomes.<IssuedToken>changedMeanwhile());
  }

  private Reply reply(ManagedIssuance.Result result) {
    return switch (result) {
      case ManagedIssuance.Registered(Outcome<IssuedToken> outcome) -> replies.of(outcome);
      case ManagedIssuance.Refused(String field, String detail) ->
          Reply.refused(Problem.ofMembers(List.of(new FieldProblem(field, detail))));
      case ManagedIssuance.Unavailable(String detail) -> Reply.refused(Problem.unavailable(detail));
    };
  }
}
