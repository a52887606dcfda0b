package dev.portcullis.gateway.endpoint;

import dev.portcullis.gateway.decision.CallerCheck;
import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Verification;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Policy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who calls the OAuth endpoints.
 *
 * @param policies in force, which say whether secrets of other systems are known
 */
public record Callers(CallerCheck check, Supplier<Policies> policies) {

  /** Answers a client, and nobody else. */
  CompletionStage<Reply> client(
      Call call, Form form, Function<Caller, CompletionStage<Reply>> answer) {
    return Presented.of(call, form) instanceof Presented.Bearer
        ? done(OAuthError.clientUnusable())
        : caller(call, form, CallerCheck.LIMITS, answer);
  }

  /** Answers a client, or the holder of a token, within their own limits and these. */
  CompletionStage<Reply> caller(
      Call call, Form form, Limits limits, Function<Caller, CompletionStage<Reply>> answer) {
    return switch (Presented.of(call, form)) {
      case Presented.Client(String id, SecretText secret) ->
          check
              .client(id, secret, importedTokens(), call.head())
              .thenCompose(decision -> answer(decision, secret, limits, answer));
      case Presented.Bearer(SecretText token) ->
          check
              .bearer(token, importedTokens(), call.head())
              .thenCompose(decision -> answer(decision, token, limits, answer));
      case Presented.Nothing _ -> done(OAuthError.clientMissing());
      case Presented.Unusable _ -> done(OAuthError.clientUnusable());
      case Presented.Ambiguous _ -> done(OAuthError.clientAmbiguous());
    };
  }

  private CompletionStage<Reply> answer(
      Decision decision,
      SecretText secret,
      Limits limits,
      Function<Caller, CompletionStage<Reply>> answer) {
    return switch (decision) {
      case Allowed allowed ->
          check
              .within(limits, allowed)
              .thenCompose(
                  counted ->
                      counted instanceof Denied denied
                          ? done(OAuthError.of(denied))
                          : answer.apply(new Caller(allowed, secret)));
      case Denied denied -> done(OAuthError.of(denied));
      case Decision.Open _ -> throw new IllegalStateException("somebody was asked for");
    };
  }

  /** What is known of a token that the caller asks about, where it is for them to know. */
  CompletionStage<Verification> look(String token, Call call, BiPredicate<Token, Principal> known) {
    return check.look(SecretText.of(token), importedTokens(), call.head(), known);
  }

  /** The same for a caller whose business the tokens of others are. */
  CompletionStage<Verification> lookUncounted(String token, BiPredicate<Token, Principal> known) {
    return check.lookUncounted(SecretText.of(token), importedTokens(), known);
  }

  /** The hashes that a secret may be kept under; none where no token can be so written. */
  List<TokenHash> hashes(SecretText secret) {
    return check.hashes(secret, importedTokens());
  }

  private boolean importedTokens() {
    return policies.get().list().stream().anyMatch(Policy::importedTokens);
  }

  static CompletionStage<Reply> done(Reply reply) {
    return CompletableFuture.completedStage(reply);
  }
}
