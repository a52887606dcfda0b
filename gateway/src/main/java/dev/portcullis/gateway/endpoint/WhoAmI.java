package dev.portcullis.gateway.endpoint;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Ceiling;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Scope;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Tells whoever shows a good token whose it is and what it is good for. */
public final class WhoAmI implements Endpoint {
  private final Supplier<Policies> policies;

  /** By the roles of the policies in force. */
  public WhoAmI(Supplier<Policies> policies) {
    this.policies = policies;
  }

  @Override
  public CompletionStage<Reply> answer(Call call) {
    return CompletableFuture.completedStage(Json.reply(200, members(call.allowed())));
  }

  private Map<String, Object> members(Allowed allowed) {
    Principal principal = allowed.principal();
    Token token = allowed.token();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("principal", principal.id());
    principal.email().ifPresent(email -> members.put("email", email.text()));
    principal.organization().ifPresent(name -> members.put("organization", name));
    members.put("token", token.id());
    members.put("kind", token.kind().word());
    members.put("scopes", scopes(token, principal.scopes()));
    token.expiresAt().ifPresent(end -> members.put("expiresAt", end.toString()));
    return members;
  }

  /** What both grant: of each what the other covers. */
  private Set<String> scopes(Token token, GrantedScopes bound) {
    List<Map<String, List<Scope>>> roles = policies.get().rolesPerApi();
    GrantedScopes granted = token.kind() == TokenKind.PERSONAL ? bound : token.scopes();
    Set<String> both = new LinkedHashSet<>(within(granted, new Ceiling(bound, roles)));
    both.addAll(within(bound, new Ceiling(granted, roles)));
    return both;
  }

  private static List<String> within(GrantedScopes granted, Ceiling ceiling) {
    return granted.written().stream()
        .filter(text -> ceiling.covers(GrantedScopes.parse(List.of(text))))
        .toList();
  }
}
