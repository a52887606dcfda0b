package dev.portcullis.gateway.endpoint;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Policies;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Tells whoever shows a good token whose it is and what it is good for; but nothing that an API may
 * ask for besides the token, unless the request has named it and it was right.
 */
public final class WhoAmI implements Endpoint {
  /** The field in which requests to the gateway's own routes may name an e-mail address. */
  public static final String EMAIL = "Email";

  private final Supplier<Policies> policies;

  /** By the roles of the policies in force. */
  public WhoAmI(Supplier<Policies> policies) {
    this.policies = policies;
  }

  @Override
  public CompletionStage<Reply> answer(Call call) {
    return CompletableFuture.completedStage(Json.reply(200, members(call)));
  }

  private Map<String, Object> members(Call call) {
    Allowed allowed = call.allowed();
    Principal principal = allowed.principal();
    Token token = allowed.token();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("principal", principal.id());
    if (namesEmail(call)) {
      principal.email().ifPresent(email -> members.put("email", email.text()));
    }
    if (token.kind() != TokenKind.PERSONAL) {
      principal.organization().ifPresent(name -> members.put("organization", name));
    }
    members.put("token", token.id());
    members.put("kind", token.kind().word());
    members.put("scopes", HeldScopes.of(token, principal, policies.get()));
    token.expiresAt().ifPresent(end -> members.put("expiresAt", end.toString()));
    return members;
  }

  /** The chain has let it pass, so it is the principal's. */
  private static boolean namesEmail(Call call) {
    return call.head().headers().values(EMAIL).stream().anyMatch(value -> !value.isBlank());
  }
}
