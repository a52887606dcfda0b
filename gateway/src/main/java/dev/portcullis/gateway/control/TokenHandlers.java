package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.Page;
import dev.portcullis.gateway.token.TokenFilter;
import dev.portcullis.gateway.token.TokenRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers what operators ask about tokens there are. */
final class TokenHandlers {
  private static final String WHAT = "token";
  private static final Set<String> LIST_PARAMETERS =
      Set.of("principal", "organization", "status", "cursor", "limit");

  private final TokenRegistry registry;
  private final VisibleTokens tokens;
  private final InstantSource clock;

  TokenHandlers(TokenRegistry registry, VisibleTokens tokens, InstantSource clock) {
    this.registry = registry;
    this.tokens = tokens;
    this.clock = clock;
  }

  Mono<ServerResponse> show(Operator operator, ServerRequest request) {
    return tokens
        .find(operator, request.pathVariable("id"))
        .flatMap(outcome -> Answers.outcome(WHAT, outcome, this::json));
  }

  Mono<ServerResponse> list(Operator operator, ServerRequest request) {
    PageQuery query = new PageQuery(request.queryParams(), LIST_PARAMETERS);
    TokenFilter filter = query.filter();
    Optional<String> cursor = query.id("cursor");
    int limit = query.limit();
    if (!query.problems().isEmpty()) {
      return Answers.problem(Problem.ofParameters(query.problems()));
    }
    return tokens
        .list(operator, filter, cursor, limit)
        .flatMap(outcome -> Answers.outcome(WHAT, outcome, this::json));
  }

  /** Ends a token; a second time changes nothing and answers the same. */
  Mono<ServerResponse> revoke(Operator operator, ServerRequest request) {
    return RequestBody.ofOptional(request)
        .flatMap(
            body ->
                switch (body) {
                  case RequestBody.Refused(Problem problem) -> Answers.problem(problem);
                  case RequestBody.Members(JsonMembers members) ->
                      revoke(operator, request.pathVariable("id"), members);
                });
  }

  private Mono<ServerResponse> revoke(Operator operator, String id, JsonMembers members) {
    members.text("reason", TextRule.DESCRIPTION);
    if (!members.problems().isEmpty()) {
      return Answers.problem(Problem.ofMembers(members.problems()));
    }
    return tokens
        .find(operator, id)
        .flatMap(outcome -> Answers.outcome(WHAT, outcome, this::revoke));
  }

  private Mono<ServerResponse> revoke(OwnedToken owned) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return Mono.fromCompletionStage(() -> registry.revoke(owned.details().token().id(), now))
        .flatMap(
            outcome ->
                Answers.outcome(
                    WHAT, outcome, revoked -> json(new OwnedToken(revoked, owned.organization()))));
  }

  private Mono<ServerResponse> json(OwnedToken token) {
    return Answers.json(HttpStatus.OK, view(token));
  }

  private Mono<ServerResponse> json(Page<OwnedToken> page) {
    return Answers.json(
        HttpStatus.OK, new ListView<>(page.items().stream().map(this::view).toList(), page.next()));
  }

  private TokenView view(OwnedToken token) {
    return TokenView.of(token.details(), token.organization(), clock.instant());
  }
}
