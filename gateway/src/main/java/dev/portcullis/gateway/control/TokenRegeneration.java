package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.Regeneration;
import dev.portcullis.gateway.registry.TokenDetails;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Replies to requests for another secret for what a token does. */
final class TokenRegeneration {
  private static final int LONGEST_GRACE = 30 * 24 * 60 * 60;

  private final VisibleTokens tokens;
  private final VisiblePrincipals principals;
  private final Regeneration regeneration;
  private final IssueReplies replies;
  private final RulesPerApi rules;
  private final InstantSource clock;

  TokenRegeneration(
      VisibleTokens tokens,
      VisiblePrincipals principals,
      Regeneration regeneration,
      IssueReplies replies,
      RulesPerApi rules,
      InstantSource clock) {
    this.tokens = tokens;
    this.principals = principals;
    this.regeneration = regeneration;
    this.replies = replies;
    this.rules = rules;
    this.clock = clock;
  }

  Mono<Reply> regenerate(OperatorCall call) {
    return RequestBody.thenOptional(
        call.request(),
        body ->
            replies.once(
                call,
                body.bytes(),
                key -> tokens.then(call, it -> regenerate(call, it, body.members(), key))));
  }

  private Mono<Reply> regenerate(
      OperatorCall call, KeptToken old, JsonMembers members, IdempotencyKey key) {
    Token token = old.details().token();
    Optional<String> api = old.details().api();
    int grace = members.count("graceSeconds", LONGEST_GRACE).orElse(0);
    Optional<Instant> end =
        Expiry.read(members, clock.instant())
            .endAfter(token.expiresAt(), token.kind(), rules.lifetimes(api), members);
    if (end.isEmpty() && hasRunOut(old.details()) && members.problems().isEmpty()) {
      members.refuse(
          "expiresAt",
          "is required: the token has expired, and tokens of this kind have no default lifetime");
    }
    Regeneration.Terms terms =
        new Regeneration.Terms(Duration.ofSeconds(grace), end, rules.prefix(api, token.kind()));
    return members.problems().isEmpty()
        ? principals
            .mayHandle(call.operator(), token)
            .flatMap(
                may ->
                    VisiblePrincipals.handled(
                        may,
                        () ->
                            Stages.mono(
                                    () ->
                                        regeneration.regenerate(
                                            token.id(), terms, call.author(), key.remembered()))
                                .map(replies::of)))
        : Mono.just(Reply.refused(members));
  }

  /** Whether nothing but its end is against it. */
  private boolean hasRunOut(TokenDetails old) {
    return old.token().status(clock.instant()) == TokenStatus.EXPIRED && old.replacedBy().isEmpty();
  }
}
