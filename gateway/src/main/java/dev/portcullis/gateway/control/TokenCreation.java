package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.Outcome;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenDetails;
import dev.portcullis.gateway.token.TokenIds;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers a request for a new token: the only answer that ever shows a secret. */
final class TokenCreation {
  private static final String API_PREFIX = "pcat";
  private static final String PERSONAL_PREFIX = "pcpt";

  private final TokenRegistry registry;
  private final VisiblePrincipals principals;
  private final PepperRing peppers;
  private final Grants grants;
  private final InstantSource clock;
  private final TokenIds ids;

  TokenCreation(
      TokenRegistry registry,
      VisiblePrincipals principals,
      PepperRing peppers,
      Grants grants,
      InstantSource clock) {
    this.registry = registry;
    this.principals = principals;
    this.peppers = peppers;
    this.grants = grants;
    this.clock = clock;
    this.ids = new TokenIds(clock);
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
        ? mint(operator, asked, owner)
        : Answers.problem(Problem.ofMembers(problems));
  }

  private Mono<ServerResponse> mint(Operator operator, NewToken asked, Principal owner) {
    MintedSecret minted =
        peppers.mint(asked.kind() == TokenKind.PERSONAL ? PERSONAL_PREFIX : API_PREFIX);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    TokenDetails details = asked.details(ids.next(), owner.id(), operator, now);
    return Mono.fromCompletionStage(() -> registry.createToken(details, minted.hash()))
        .flatMap(
            outcome ->
                Answers.outcome("principal", outcome, created -> answer(created, owner, minted)));
  }

  private Mono<ServerResponse> answer(TokenDetails created, Principal owner, MintedSecret minted) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("token", TokenView.of(created, owner.organization(), clock.instant()));
    body.put("secret", minted.secret().reveal());
    return Answers.json(HttpStatus.CREATED, body);
  }
}
