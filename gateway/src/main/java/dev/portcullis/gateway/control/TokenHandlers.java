package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Page;
import dev.portcullis.gateway.registry.TokenFilter;
import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.TokenLife;
import java.time.InstantSource;
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

  private final TokenLife life;
  private final VisibleTokens tokens;
  private final InstantSource clock;

  TokenHandlers(TokenLife life, VisibleTokens tokens, InstantSource clock) {
    this.life = life;
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
    Optional<String> reason = members.text("reason", TextRule.DESCRIPTION);
    if (!members.problems().isEmpty()) {
      return Answers.problem(Problem.ofMembers(members.problems()));
    }
    return tokens
        .find(operator, id)
        .flatMap(outcome -> Answers.outcome(WHAT, outcome, token -> revoke(operator, token, reason)));
  }

  private Mono<ServerResponse> revoke(
      Operator operator, KeptToken token, Optional<String> reason) {
    return Mono.fromCompletionStage(
            () -> life.revoke(token.details().id(), reason, operator.author()))
        .flatMap(
            outcome ->
                Answers.outcome(
                    WHAT,
                    outcome,
                    revoked -> json(new KeptToken(revoked, token.hash(), token.lastUse()))));
  }

  private Mono<ServerResponse> json(KeptToken token) {
    return Answers.json(HttpStatus.OK, view(token));
  }

  private Mono<ServerResponse> json(Page<KeptToken> page) {
    return Answers.json(
        HttpStatus.OK, new ListView<>(page.items().stream().map(this::view).toList(), page.next()));
  }

  private TokenView view(KeptToken token) {
    return TokenView.of(token.details(), token.lastUse(), clock.instant());
  }
}
