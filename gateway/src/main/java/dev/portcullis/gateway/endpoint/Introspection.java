package dev.portcullis.gateway.endpoint;

import static dev.portcullis.gateway.endpoint.Callers.done;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Verification;
import dev.portcullis.gateway.token.Parent;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tells whether a token is good now (RFC 7662): to its client of a session, and of any token of
 * their organization to those with the scope {@code portcullis/tokens:introspect}. Of what they may
 * not know, as of what is not good, all it says is that.
 */
public final class Introspection implements Endpoint {
  private static final Scope ANY = Scope.parse("portcullis/tokens:introspect");

  private final Callers callers;

  /** For these callers. */
  public Introspection(Callers callers) {
    this.callers = callers;
  }

  @Override
  public CompletionStage<Reply> answer(Call call) {
    Optional<Form> form = Form.of(call);
    if (form.isEmpty() || form.get().value("token").isEmpty()) {
      return done(OAuthError.invalidRequest("send a form, each parameter once, with a token"));
    }
    String token = form.get().value("token").get();
    return callers.caller(
        call,
        form.get(),
        Limits.NONE,
        caller -> look(token, call, caller).thenApply(found -> reply(found, caller)));
  }

  /** A resource server asks about whatever it was sent: that makes it no guesser. */
  private CompletionStage<Verification> look(String token, Call call, Caller caller) {
    return caller.may(ANY)
        ? callers.lookUncounted(
            token, (known, owner) -> caller.isOf(known) || caller.may(ANY, owner.organization()))
        : callers.look(token, call, (known, _) -> caller.isOf(known));
  }

  private Reply reply(Verification found, Caller caller) {
    return switch (found) {
      case Verification.Refused(Denied denied) when !denied.reason().isFailedAuthentication() ->
          OAuthError.of(denied);
      case Verification.Known(Token token, Principal owner)
          when callers.check().flaw(token, owner).isEmpty() ->
          Json.reply(200, members(token, owner, caller));
      case Verification.Refused _, Verification.Known _ -> Json.reply(200, Map.of("active", false));
    };
  }

  private Map<String, Object> members(Token token, Principal owner, Caller caller) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("active", true);
    members.put("scope", String.join(" ", HeldScopes.of(token, owner, callers.policies().get())));
    token.parent().map(Parent::id).ifPresent(id -> members.put("client_id", id));
    if (caller.may(ANY, owner.organization())) {
      owner.email().ifPresent(email -> members.put("username", email.text()));
    }
    members.put("token_type", "Bearer");
    token.expiresAt().ifPresent(end -> members.put("exp", end.getEpochSecond()));
    members.put("sub", owner.id());
    members.put("jti", token.id());
    return members;
  }
}
