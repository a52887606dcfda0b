package dev.portcullis.gateway;

import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.registry.IssuedToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Outcomes;
import dev.portcullis.gateway.registry.PrincipalLife;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.registry.TokenDraft;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The demo's token, kept in a file so that nothing printed shows it.
 *
 * @param file where the secret is
 */
record DemoToken(SecretFile file, TokenStore store, Registrar registrar, PepperRing peppers) {
  static final String EMAIL = "demo@example.com";

  private static final String NAME = "demo";
  private static final int ATTEMPTS = 100;
  private static final Executor PAUSE =
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);
  private static final GrantedScopes SCOPES = GrantedScopes.parse(List.of("demo/*:*"));

  /** Makes the token and its principal, unless an earlier start has and it is still good. */
  void ensure() {
    switch (createPrincipal()) {
      case Outcome.Done<Principal> _, Outcome.Conflict<Principal> _ -> {}
      default -> throw new IllegalStateException("the store took no demo principal");
    }
    if (file.read().filter(this::isGood).isPresent()) {
      return;
    }
    Outcome<IssuedToken> outcome =
        await(
            registrar
                .registry()
                .principal(NAME)
                .thenCompose(found -> Outcomes.then(found, this::createToken)));
    switch (outcome) {
      case Outcome.Done<IssuedToken>(IssuedToken issued) -> file.replace(issued.secret());
      default -> throw new IllegalStateException("the store took no demo token");
    }
  }

  private CompletionStage<Outcome<IssuedToken>> createToken(Principal owner) {
    TokenDraft draft =
        new TokenDraft(
            Optional.empty(),
            Optional.empty(),
            TokenKind.API,
            NAME,
            "made for the demo",
            SCOPES,
            Optional.empty(),
            List.of(),
            Limits.NONE,
            Map.of());
    return registrar.issuance().create(draft, owner, Author.GATEWAY, Optional.empty());
  }

  /** The first to ask the store, so it may have to wait until that is connected. */
  private Outcome<Principal> createPrincipal() {
    Principal principal =
        new Principal(
            NAME,
            PrincipalKind.USER,
            Optional.of(new EmailAddress(EMAIL)),
            Optional.empty(),
            true,
            SCOPES);
    PrincipalLife life = registrar.principals();
    Outcome<Principal> outcome = await(life.create(principal, Author.GATEWAY));
    for (int i = 0; i < ATTEMPTS && outcome instanceof Outcome.Unavailable; i++) {
      outcome =
          await(
              CompletableFuture.supplyAsync(() -> life.create(principal, Author.GATEWAY), PAUSE)
                  .thenCompose(stage -> stage));
    }
    return outcome;
  }

  private boolean isGood(SecretText secret) {
    return peppers.candidates(secret, false).stream()
        .map(hash -> await(store.token(hash)))
        .anyMatch(
            lookup ->
                lookup instanceof Lookup.Found<Token>(Token token) && token.revokedAt().isEmpty());
  }

  /** The main thread may wait; a stage of a port never fails and never hangs. */
  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
