package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.TokenDetails;
import dev.portcullis.gateway.registry.TokenLife;
import dev.portcullis.policy.TokenRules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** Replies to what operators ask about one token there is. */
final class TokenHandlers {
  private static final String WHAT = "token";
  private static final List<String> FIXED =
      List.of(
          "id",
          "principal",
          "organization",
          "api",
          "kind",
          "scopes",
          "createdAt",
          "createdBy",
          "allowedAddresses",
          "limits",
          "replaces",
          "secret",
          "storage",
          "storedAs");

  private final TokenLife life;
  private final VisibleTokens tokens;
  private final VisiblePrincipals principals;
  private final TokenViews views;
  private final RulesPerApi rules;
  private final InstantSource clock;

  TokenHandlers(
      TokenLife life,
      VisibleTokens tokens,
      VisiblePrincipals principals,
      TokenViews views,
      RulesPerApi rules,
      InstantSource clock) {
    this.life = life;
    this.tokens = tokens;
    this.principals = principals;
    this.views = views;
    this.rules = rules;
    this.clock = clock;
  }

  Mono<Reply> show(OperatorCall call) {
    return tokens.then(call, token -> Mono.just(Reply.ok(views.of(token))));
  }

  /** Changes what people wrote about it, and leaves the rest. */
  Mono<Reply> update(OperatorCall call) {
    return RequestBody.then(
        call.request(), body -> tokens.then(call, token -> update(call, token, body.members())));
  }

  private Mono<Reply> update(OperatorCall call, KeptToken token, JsonMembers members) {
    members.refuseFixed(FIXED, "is fixed when the token is created");
    members.refuseFixed(List.of("expiresAt", "expiresIn"), "is changed by renewing the token");
    members.refuseFixed(List.of("revokedAt", "status"), "is changed by revoking the token");
    refuseFixedByApi(token.details(), members);
    members.refuseNull("name");
    Optional<String> name = members.text("name", TextRule.NAME);
    Optional<String> description = members.text("description", TextRule.DESCRIPTION);
    Map<String, String> tags = members.tags();
    boolean redescribed = description.isPresent() || members.clears("description");
    boolean retagged = members.has("tags") || members.clears("tags");
    return members.problems().isEmpty()
        ? done(
            token,
            life.describe(
                token.details().id(),
                before ->
                    before.described(
                        name.orElse(before.name()),
                        redescribed ? description.orElse("") : before.description(),
                        retagged ? tags : before.tags()),
                call.author()))
        : Mono.just(Reply.refused(members));
  }

  private void refuseFixedByApi(TokenDetails token, JsonMembers members) {
    Set<String> changeable = rules.changeable(token.api());
    String those =
        changeable.isEmpty()
            ? "nothing"
            : "only " + String.join(" and ", new TreeSet<>(changeable));
    members.refuseFixed(
        TokenRules.DESCRIPTIVE.stream().filter(name -> !changeable.contains(name)).toList(),
        "of tokens of API '" + token.api().orElse("") + "' " + those + " can be changed");
  }

  /** Gives it another end. */
  Mono<Reply> renew(OperatorCall call) {
    return RequestBody.thenOptional(
        call.request(),
        body ->
            tokens.then(
                call,
                token ->
                    principals
                        .mayHandle(call.operator(), token.details().token())
                        .flatMap(may -> renew(call, token, may, body.members()))));
  }

  private Mono<Reply> renew(
      OperatorCall call, KeptToken token, Outcome<Boolean> may, JsonMembers members) {
    Expiry expiry = Expiry.read(members, clock.instant());
    Optional<Instant> end =
        expiry.end(token.details().token().kind(), rules.lifetimes(token.details().api()), members);
    if (end.isEmpty() && members.problems().isEmpty()) {
      members.refuse("expiresAt", "is required: tokens of this kind have no default lifetime");
    }
    return members.problems().isEmpty()
        ? VisiblePrincipals.handled(
            may, () -> done(token, life.renew(token.details().id(), end, call.author())))
        : Mono.just(Reply.refused(members));
  }

  /** Ends it; a second time changes nothing and replies the same. */
  Mono<Reply> revoke(OperatorCall call) {
    return RequestBody.thenOptional(
        call.request(),
        body -> {
          JsonMembers members = body.members();
          Optional<String> reason = members.text("reason", TextRule.DESCRIPTION);
          return members.problems().isEmpty()
              ? tokens.then(
                  call,
                  token -> done(token, life.revoke(token.details().id(), reason, call.author())))
              : Mono.just(Reply.refused(members));
        });
  }

  private Mono<Reply> done(KeptToken before, CompletionStage<Outcome<TokenDetails>> change) {
    return Stages.mono(() -> change)
        .map(
            outcome ->
                Reply.of(WHAT, outcome, after -> Reply.ok(views.of(after, before.lastUse()))));
  }
}
