package dev.portcullis.gateway.token;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The port through which the control plane keeps principals and tokens. Always reads the store
 * itself, never a cache. Every write is one atomic change. Stages never fail: see {@link Outcome}.
 */
public interface TokenRegistry {

  /** Adds a principal; {@code Conflict("id", ...)} if there is one with this id. */
  CompletionStage<Outcome<Principal>> createPrincipal(Principal principal);

  CompletionStage<Outcome<Principal>> principal(String id);

  /** Principals by id, after the cursor. */
  CompletionStage<Outcome<Page<Principal>>> principals(Optional<String> cursor, int limit);

  /**
   * Adds a token of an existing principal; {@code Conflict("principal", ...)} if there is none,
   * {@code Conflict("secret", ...)} if a token with this hash is known already.
   */
  CompletionStage<Outcome<TokenDetails>> createToken(TokenDetails token, TokenHash hash);

  CompletionStage<Outcome<TokenDetails>> tokenById(String id);

  /** Tokens by id, after the cursor. */
  CompletionStage<Outcome<Page<TokenDetails>>> tokens(
      TokenFilter filter, Optional<String> cursor, int limit);

  /** Ends a token at this instant; a second time changes nothing and gives the first instant. */
  CompletionStage<Outcome<TokenDetails>> revoke(String id, Instant at);
}
