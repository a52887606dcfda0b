package dev.portcullis.gateway.endpoint;

import static dev.portcullis.gateway.endpoint.Callers.done;

import dev.portcullis.gateway.decision.CallerCheck;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Outcomes;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.registry.TokenDetails;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Revokes a token (RFC 7009): sessions for their client, and any token of their organization for
 * those with the scope {@code portcullis/tokens:revoke}. A token that nobody knows is as good as
 * revoked.
 */
public final class Revocation implements Endpoint {
  private static final Scope ANY = Scope.parse("portcullis/tokens:revoke");
  private static final Reply REVOKED = new Reply(200, Map.of(), "");

  private final Callers callers;
  private final Registrar registrar;

  /** For these callers. */
  public Revocation(Callers callers, Registrar registrar) {
    this.callers = callers;
    this.registrar = registrar;
  }

  @Override
  public CompletionStage<Reply> answer(Call call) {
    Optional<Form> form = Form.of(call);
    if (form.isEmpty() || form.get().value("token").isEmpty()) {
      return done(OAuthError.invalidRequest("send a form, each parameter once, with a token"));
    }
    SecretText token = SecretText.of(form.get().value("token").get());
    return callers.caller(
        call, form.get(), CallerCheck.LIMITS, caller -> revoke(token, caller, call));
  }

  private CompletionStage<Reply> revoke(SecretText token, Caller caller, Call call) {
    Optional<Denied> throttled = callers.check().throttled(call.head());
    if (throttled.isPresent()) {
      return done(OAuthError.of(throttled.get()));
    }
    List<TokenHash> hashes = callers.hashes(token);
    if (hashes.isEmpty()) {
      callers.check().failed(call.head());
      return done(REVOKED);
    }
    return registrar
        .registry()
        .tokenByHash(hashes)
        .thenCompose(
            found ->
                switch (found) {
                  case Outcome.Done<KeptToken>(KeptToken kept)
                      when !mayRevoke(caller, kept.details()) -> {
                    callers.check().failed(call.head());
                    yield done(OAuthError.unauthorizedClient());
                  }
                  case Outcome.NotFound<KeptToken> _ -> {
                    callers.check().failed(call.head());
                    yield done(REVOKED);
                  }
                  default ->
                      Outcomes.then(found, kept -> revoke(kept.details(), hashes, caller, call))
                          .thenApply(Revocation::reply);
                });
  }

  private static boolean mayRevoke(Caller caller, TokenDetails details) {
    return caller.isOf(details.token()) || caller.may(ANY, details.organization());
  }

  private CompletionStage<Outcome<TokenDetails>> revoke(
      TokenDetails details, List<TokenHash> hashes, Caller caller, Call call) {
    return details.token().kind() == TokenKind.SESSION
        ? registrar.sessions().end(hashes, caller.author(call))
        : registrar
            .tokens()
            .revoke(details.id(), Optional.of("by its holder"), caller.author(call));
  }

  private static Reply reply(Outcome<TokenDetails> outcome) {
    return switch (outcome) {
      case Outcome.Done<TokenDetails> _, Outcome.NotFound<TokenDetails> _ -> REVOKED;
      case Outcome.Conflict<TokenDetails> _, Outcome.Unavailable<TokenDetails> _ ->
          OAuthError.unavailable();
    };
  }
}
