package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.MassRevocation;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.TokenFilter;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Replies to what operators ask about all tokens that a filter lets through. */
final class TokenSelection {
  private static final Set<String> LIST_PARAMETERS =
      Set.of(
          "principal", "organization", "status", "expiringWithin", "olderThan", "cursor", "limit");
  private static final List<String> CRITERIA =
      List.of("principal", "organization", "status", "expiringWithin", "olderThan");
  private static final FieldProblem NO_PRINCIPAL =
      new FieldProblem("principal", "there is no such principal");

  private final VisibleTokens tokens;
  private final VisiblePrincipals principals;
  private final MassRevocation revocation;
  private final TokenViews views;
  private final InstantSource clock;

  TokenSelection(
      VisibleTokens tokens,
      VisiblePrincipals principals,
      MassRevocation revocation,
      TokenViews views,
      InstantSource clock) {
    this.tokens = tokens;
    this.principals = principals;
    this.revocation = revocation;
    this.views = views;
    this.clock = clock;
  }

  Mono<Reply> list(OperatorCall call) {
    PageQuery query = new PageQuery(call.request().queryParams(), LIST_PARAMETERS);
    TokenFilter filter =
        filter(
            query.id("principal"),
            query.id("organization"),
            query.parsed("status", TokenSelection::status),
            query.parsed("expiringWithin", Times::duration),
            query.parsed("olderThan", Times::duration));
    Optional<String> cursor = query.id("cursor");
    int limit = query.limit();
    if (!query.problems().isEmpty()) {
      return Mono.just(Reply.refused(Problem.ofParameters(query.problems())));
    }
    return where(
        call.operator(),
        filter,
        Problem.of(HttpStatus.NOT_FOUND, List.of(NO_PRINCIPAL)),
        () ->
            tokens
                .list(call.operator(), filter, cursor, limit)
                .map(page -> Reply.of("token", page, it -> Reply.ok(ListView.of(it, views::of)))));
  }

  Mono<Reply> revoke(OperatorCall call) {
    return RequestBody.then(call.request(), body -> revoke(call.operator(), body.members()));
  }

  private Mono<Reply> revoke(Operator operator, JsonMembers members) {
    TokenFilter filter =
        filter(
            members.text("principal", TextRule.ID),
            members.text("organization", TextRule.ID),
            members.parsed("status", TokenSelection::unrevoked),
            members.parsed("expiringWithin", Times::duration),
            members.parsed("olderThan", Times::duration));
    Optional<String> reason = members.text("reason", TextRule.DESCRIPTION);
    if (CRITERIA.stream().noneMatch(members::has)) {
      members.refuse("principal", "give at least one of " + String.join(", ", CRITERIA));
    }
    if (!operator.seesAnyOf(filter.organization())) {
      members.refuse("organization", "is not the organization that you act for");
    }
    if (!members.problems().isEmpty()) {
      return Mono.just(Reply.refused(members));
    }
    return where(
        operator,
        filter,
        Problem.ofMembers(List.of(NO_PRINCIPAL)),
        () ->
            Stages.mono(
                    () ->
                        revocation.revoke(
                            VisibleTokens.bound(operator, filter), reason, operator.author()))
                .map(outcome -> Reply.of("token", outcome, n -> Reply.ok(Map.of("revoked", n)))));
  }

  /** Where the filter names a principal, that must be there, or some token it once had. */
  private Mono<Reply> where(
      Operator operator, TokenFilter filter, Problem otherwise, Supplier<Mono<Reply>> next) {
    if (filter.principal().isEmpty()) {
      return next.get();
    }
    String id = filter.principal().get();
    return principals
        .find(operator, id)
        .flatMap(
            outcome ->
                outcome instanceof Outcome.NotFound<Principal>
                    ? tokens.anyOf(operator, id)
                    : Mono.just(known(outcome)))
        .flatMap(
            known ->
                known instanceof Outcome.Done(Boolean there)
                    ? there ? next.get() : Mono.just(Reply.refused(otherwise))
                    : Mono.just(Reply.of("principal", known, Reply::ok)));
  }

  private static Outcome<Boolean> known(Outcome<Principal> outcome) {
    return outcome instanceof Outcome.Unavailable<Principal>(String cause)
        ? new Outcome.Unavailable<>(cause)
        : new Outcome.Done<>(outcome instanceof Outcome.Done<Principal>);
  }

  private TokenFilter filter(
      Optional<String> principal,
      Optional<String> organization,
      Optional<TokenStatus> status,
      Optional<Duration> expiringWithin,
      Optional<Duration> olderThan) {
    Instant now = clock.instant();
    return new TokenFilter(
        principal,
        organization,
        status,
        expiringWithin.map(now::plus),
        olderThan.map(age -> now.minus(age).minusNanos(1)));
  }

  private static TokenStatus status(String word) {
    for (TokenStatus status : TokenStatus.values()) {
      if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
        return status;
      }
    }
    throw new IllegalArgumentException("is not active, expired or revoked");
  }

  private static TokenStatus unrevoked(String word) {
    TokenStatus status = status(word);
    if (status == TokenStatus.REVOKED) {
      throw new IllegalArgumentException("is not active or expired");
    }
    return status;
  }
}
