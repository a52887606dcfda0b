package dev.portcullis.gateway;

import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.Outcome;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenDetails;
import dev.portcullis.gateway.token.TokenIds;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenRegistry;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.GrantedScopes;
import java.time.InstantSource;
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
record DemoToken(
    SecretFile file,
    TokenStore store,
    TokenRegistry registry,
    PepperRing peppers,
    InstantSource clock) {
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
    MintedSecret minted = peppers.mint("pcat");
    if (!(await(registry.createToken(details(), minted.hash())) instanceof Outcome.Done)) {
      throw new IllegalStateException("the store took no demo token");
    }
    file.replace(minted.secret());
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
    Outcome<Principal> outcome = await(registry.createPrincipal(principal));
    for (int i = 0; i < ATTEMPTS && outcome instanceof Outcome.Unavailable; i++) {
      outcome =
          await(
              CompletableFuture.supplyAsync(() -> registry.createPrincipal(principal), PAUSE)
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

  private TokenDetails details() {
    Token token =
        new Token(
            new TokenIds(clock).next(),
            NAME,
            TokenKind.API,
            SCOPES,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    return new TokenDetails(
        token, NAME, "made for the demo", clock.instant(), "portcullis", Map.of());
  }

  /** The main thread may wait; a stage of a port never fails and never hangs. */
  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
