package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.registry.TokenFilter;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.policy.GrantedScopes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Replies to what operators ask about principals. */
final class PrincipalHandlers {
  static final String WHAT = "principal";
  private static final List<String> FIXED = List.of("id", "kind", "organization");
  private static final Set<String> LIST_PARAMETERS = Set.of("organization", "cursor", "limit");

  private final Registrar registrar;
  private final VisiblePrincipals principals;

  PrincipalHandlers(Registrar registrar, VisiblePrincipals principals) {
    this.registrar = registrar;
    this.principals = principals;
  }

  Mono<Reply> create(OperatorCall call) {
    return RequestBody.then(
        call.request(),
        body -> {
          JsonMembers members = body.members();
          Principal principal = NewPrincipal.read(members, call.operator());
          return members.problems().isEmpty()
              ? Stages.mono(() -> registrar.principals().create(principal, call.author()))
                  .map(done -> Reply.of(WHAT, done, it -> Reply.created(PrincipalView.of(it))))
              : Mono.just(Reply.refused(members));
        });
  }

  Mono<Reply> show(OperatorCall call) {
    return principals.find(call.operator(), call.id()).map(PrincipalHandlers::reply);
  }

  private static Reply reply(Outcome<Principal> outcome) {
    return Reply.of(WHAT, outcome, it -> Reply.ok(PrincipalView.of(it)));
  }

  Mono<Reply> list(OperatorCall call) {
    PageQuery query = new PageQuery(call.request().queryParams(), LIST_PARAMETERS);
    Optional<String> organization = query.id("organization");
    Optional<String> cursor = query.id("cursor");
    int limit = query.limit();
    return query.problems().isEmpty()
        ? principals
            .list(call.operator(), organization, cursor, limit)
            .map(page -> Reply.of(WHAT, page, it -> Reply.ok(ListView.of(it, PrincipalView::of))))
        : Mono.just(Reply.refused(Problem.ofParameters(query.problems())));
  }

  /** Changes what a body names, and leaves the rest. */
  Mono<Reply> update(OperatorCall call) {
    return RequestBody.then(
        call.request(), body -> visible(call, it -> update(call, body.members())));
  }

  private Mono<Reply> update(OperatorCall call, JsonMembers members) {
    members.refuseFixed(FIXED, "is fixed when the principal is created");
    members.refuseNull("enabled");
    members.refuseNull("scopes");
    Optional<Boolean> enabled = members.flag("enabled");
    Map<String, GrantedScopes> scopes = members.scopes("scopes");
    Optional<EmailAddress> email = members.text("email", TextRule.EMAIL).map(EmailAddress::new);
    Grants.checkGivable(scopes, call.operator(), members);
    if (isSelf(call)) {
      members.refuseFixed(List.of("enabled", "scopes"), "is your own; another operator can");
    }
    if (!members.problems().isEmpty()) {
      return Mono.just(Reply.refused(members));
    }
    boolean rescoped = members.has("scopes");
    boolean readdressed = email.isPresent() || members.clears("email");
    return Stages.mono(
            () ->
                registrar
                    .principals()
                    .update(
                        call.id(),
                        before ->
                            new Principal(
                                before.id(),
                                before.kind(),
                                readdressed ? email : before.email(),
                                before.organization(),
                                enabled.orElse(before.enabled()),
                                rescoped ? Grants.together(scopes) : before.scopes()),
                        call.author()))
        .map(PrincipalHandlers::reply);
  }

  /** An operator who could take their own rights away could not give them back. */
  private static boolean isSelf(OperatorCall call) {
    return call.operator().name().equals(call.id());
  }

  Mono<Reply> delete(OperatorCall call) {
    return isSelf(call)
        ? Mono.just(
            Reply.refused(
                Problem.of(HttpStatus.CONFLICT, "this is yourself; another operator can")))
        : visible(
            call,
            it ->
                Stages.mono(() -> registrar.principals().delete(it.id(), call.author()))
                    .map(PrincipalHandlers::revoked));
  }

  Mono<Reply> revokeTokens(OperatorCall call) {
    return RequestBody.thenOptional(
        call.request(), body -> visible(call, it -> revokeTokens(call, body.members())));
  }

  private Mono<Reply> revokeTokens(OperatorCall call, JsonMembers members) {
    Optional<String> reason = members.text("reason", TextRule.DESCRIPTION);
    return members.problems().isEmpty()
        ? Stages.mono(
                () ->
                    registrar
                        .revocation()
                        .revoke(TokenFilter.ofPrincipal(call.id()), reason, call.author()))
            .map(PrincipalHandlers::revoked)
        : Mono.just(Reply.refused(members));
  }

  private static Reply revoked(Outcome<Long> outcome) {
    return Reply.of(WHAT, outcome, count -> Reply.ok(Map.of("revoked", count)));
  }

  private Mono<Reply> visible(OperatorCall call, Function<Principal, Mono<Reply>> next) {
    return principals
        .find(call.operator(), call.id())
        .flatMap(
            outcome ->
                outcome instanceof Outcome.Done<Principal>(Principal it)
                    ? next.apply(it)
                    : Mono.just(reply(outcome)));
  }
}
