package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.IdempotentRequest;
import dev.portcullis.gateway.registry.Issuance;
import dev.portcullis.gateway.registry.IssuedToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.token.TokenKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/**
 * The only replies that show a secret: once to each request, and again to its repeats, which {@code
 * Idempotency-Key} tells.
 */
final class IssueReplies {
  private final Issuance issuance;
  private final VisiblePrincipals principals;
  private final TokenViews views;

  IssueReplies(Issuance issuance, VisiblePrincipals principals, TokenViews views) {
    this.issuance = issuance;
    this.principals = principals;
    this.views = views;
  }

  /** As the request was replied to before; else as {@code first} says. */
  Mono<Reply> once(OperatorCall call, byte[] body, Function<IdempotencyKey, Mono<Reply>> first) {
    IdempotencyKey key = IdempotencyKey.of(call, body);
    return switch (key) {
      case IdempotencyKey.Absent absent -> first.apply(absent);
      case IdempotencyKey.Malformed(Problem problem) -> Mono.just(Reply.refused(problem));
      case IdempotencyKey.Present(IdempotentRequest request) ->
          Stages.mono(() -> issuance.repeat(request))
              .flatMap(
                  outcome ->
                      switch (outcome) {
                        case Outcome.NotFound<IssuedToken> _ -> first.apply(key);
                        case Outcome.Done(IssuedToken issued) -> repeated(call, issued, outcome);
                        case Outcome.Conflict<IssuedToken> _, Outcome.Unavailable<IssuedToken> _ ->
                            Mono.just(of(outcome));
                      });
    };
  }

  /**
   * Who asks may have less by now than when the token was made, or by the token they ask with. A
   * revoked one gives nothing any more.
   */
  private Mono<Reply> repeated(
      OperatorCall call, IssuedToken issued, Outcome<IssuedToken> outcome) {
    if (issued.token().token().revokedAt().isPresent()) {
      return Mono.just(of(outcome));
    }
    return principals
        .mayHandle(call.operator(), issued.token().token())
        .flatMap(may -> VisiblePrincipals.handled(may, () -> Mono.just(of(outcome))));
  }

  /** Of a token that was, or was not, issued. */
  Reply of(Outcome<IssuedToken> outcome) {
    return outcome instanceof Outcome.Conflict<IssuedToken>(String field, String detail)
            && field.equals(IdempotencyKey.HEADER)
        ? Reply.refused(Problem.ofMembers(List.of(new FieldProblem(field, detail))))
        : Reply.of("principal", outcome, this::issued);
  }

  private Reply issued(IssuedToken issued) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("token", views.of(issued.token(), Optional.empty()));
    if (issued.token().token().kind() == TokenKind.ACCESS_KEY) {
      body.put("accessKey", issued.token().id());
      issued
          .token()
          .storedAs()
          .ifPresentOrElse(
              parameter -> body.put("storedAs", parameter),
              () -> body.put("secretKey", issued.secret().reveal()));
    } else {
      body.put("secret", issued.secret().reveal());
    }
    return new Reply.Json(
        HttpStatus.CREATED,
        body,
        issued.repeated() ? Map.of("Idempotent-Replayed", "true") : Map.of());
  }
}
