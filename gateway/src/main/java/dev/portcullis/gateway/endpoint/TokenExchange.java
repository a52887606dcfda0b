package dev.portcullis.gateway.endpoint;

import static dev.portcullis.gateway.endpoint.Callers.done;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.registry.IssuedToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.SessionTerms;
import dev.portcullis.gateway.registry.Sessions;
import dev.portcullis.gateway.token.LastUses;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Ceiling;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Exchanges an access key and its secret key for a session (RFC 6749, section 4.4: client
 * credentials).
 */
public final class TokenExchange implements Endpoint {
  private static final int MOST_SCOPES = 100;

  private final Callers callers;
  private final Sessions sessions;
  private final LastUses uses;
  private final Duration lifetime;

  /** For sessions that live no longer than this. */
  public TokenExchange(Callers callers, Sessions sessions, LastUses uses, Duration lifetime) {
    this.callers = callers;
    this.sessions = sessions;
    this.uses = uses;
    this.lifetime = lifetime;
  }

  @Override
  public CompletionStage<Reply> answer(Call call) {
    Optional<Form> form = Form.of(call);
    if (form.isEmpty()) {
      return done(OAuthError.invalidRequest("send a form, each parameter once"));
    }
    Optional<String> grant = form.get().value("grant_type");
    if (grant.isEmpty()) {
      return done(OAuthError.invalidRequest("grant_type is missing"));
    }
    if (!grant.get().equals("client_credentials")) {
      return done(OAuthError.unsupportedGrantType());
    }
    return callers.client(call, form.get(), client -> exchange(call, form.get(), client));
  }

  private CompletionStage<Reply> exchange(Call call, Form form, Caller client) {
    Token key = client.allowed().token();
    Optional<String> written = form.value("scope");
    Optional<GrantedScopes> asked = written.flatMap(TokenExchange::scopes);
    Ceiling ceiling = new Ceiling(key.scopes(), callers.policies().get().rolesPerApi());
    if (written.isPresent() && asked.filter(ceiling::covers).isEmpty()) {
      return done(OAuthError.invalidScope());
    }
    uses.record(key.id(), call.head().client());
    return sessions
        .open(
            callers.hashes(client.secret()),
            new SessionTerms(asked, lifetime, this::prefix),
            client.author(call))
        .thenApply(TokenExchange::reply);
  }

  private Optional<String> prefix(String api) {
    return callers.policies().get().list().stream()
        .filter(policy -> policy.api().equals(api))
        .findFirst()
        .map(policy -> policy.tokens().prefixes().get(TokenKind.SESSION.word()));
  }

  /** Empty where they are malformed, or more than an access key could sensibly have. */
  private static Optional<GrantedScopes> scopes(String written) {
    List<String> scopes = List.of(written.split(" ", -1));
    if (scopes.size() > MOST_SCOPES) {
      return Optional.empty();
    }
    try {
      return Optional.of(GrantedScopes.parse(scopes.stream().distinct().toList()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Reply reply(Outcome<IssuedToken> outcome) {
    return switch (outcome) {
      case Outcome.Done<IssuedToken>(IssuedToken issued) -> reply(issued);
      case Outcome.NotFound<IssuedToken> _ ->
          OAuthError.of(Denied.because(Reason.TOKEN_REVOKED, "it was good a moment ago"));
      case Outcome.Conflict<IssuedToken> _, Outcome.Unavailable<IssuedToken> _ ->
          OAuthError.unavailable();
    };
  }

  private static Reply reply(IssuedToken issued) {
    Token session = issued.token().token();
    Instant end = session.expiresAt().orElseThrow();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("access_token", issued.secret().reveal());
    members.put("token_type", "Bearer");
    members.put("expires_in", Duration.between(issued.token().createdAt(), end).toSeconds());
    if (!session.scopes().written().isEmpty()) {
      members.put("scope", String.join(" ", session.scopes().written()));
    }
    return Json.reply(200, members, Map.of("Pragma", "no-cache"));
  }
}
