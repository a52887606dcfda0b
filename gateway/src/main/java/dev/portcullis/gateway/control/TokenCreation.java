package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Issuance;
import dev.portcullis.gateway.registry.IssuedToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenKind;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers a request for a new token: the only answer that ever shows a secret. */
final class TokenCreation {
  private final VisiblePrincipals principals;
  private final Issuance issuance;
  private final Grants grants;
  private final InstantSource clock;

  TokenCreation(
      VisiblePrincipals principals, Issuance issuance, Grants grants, InstantSource clock) {
    this.principals = principals;
    this.issuance = issuance;
    this.grants = grants;
    this.clock = clock;
  }

  Mono<ServerResponse> create(Operator operator, ServerRequest request) {
    return RequestBody.of(request)
        .flatMap(
            body ->
                switch (body) {
                  case RequestBody.Refused(Problem problem) -> Answers.problem(problem);
                  case RequestBody.Members(JsonMembers members) -> create(operator, members);
                });
  }

  private Mono<ServerResponse> create(Operator operator, JsonMembers members) {
    NewToken asked = NewToken.read(members, clock.instant());
    // Looked up even when the request is refused already: all that is wrong is told together.
    return asked
        .principal()
        .map(id -> principals.find(operator, id))
        .orElse(Mono.just(new Outcome.NotFound<>()))
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Done(Principal owner) -> create(operator, members, asked, owner);
                  case Outcome.Unavailable<Principal> _ -> Answers.problem(Problem.unavailable());
                  case Outcome.NotFound<Principal> _, Outcome.Conflict<Principal> _ ->
                      refuse(members, asked);
                });
  }

  private static Mono<ServerResponse> refuse(JsonMembers members, NewToken asked) {
    if (asked.principal().isPresent()) {
      members.refuse("principal", "there is no such principal");
    }
    return Answers.problem(Problem.ofMembers(members.problems()));
  }

  private Mono<ServerResponse> create(
      Operator operator, JsonMembers members, NewToken asked, Principal owner) {
    grants.checkWithin(asked.scopes(), owner, members);
    Grants.checkGivable(asked.scopes(), operator, members);
    if (asked.kind() == TokenKind.PERSONAL
        && !owner.scopes().scopes().stream().allMatch(operator::mayGive)) {
      members.refuse("principal", "has scopes of the control plane that you do not have");
    }
    List<FieldProblem> problems = members.problems();
    return problems.isEmpty()
        ? issue(operator, asked, owner)
        : Answers.problem(Problem.ofMembers(problems));
  }

  private Mono<ServerResponse> issue(Operator operator, NewToken asked, Principal owner) {
    return Mono.fromCompletionStage(
            () ->
                issuance.create(asked.draft(), owner, operator.author(), Optional.empty()))
        .flatMap(outcome -> Answers.outcome("principal", outcome, this::answer));
  }

  private Mono<ServerResponse> answer(IssuedToken issued) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("token", TokenView.of(issued.token(), Optional.empty(), clock.instant()));
    body.put("secret", issued.secret().reveal());
    return Answers.json(HttpStatus.CREATED, body);
  }
}
