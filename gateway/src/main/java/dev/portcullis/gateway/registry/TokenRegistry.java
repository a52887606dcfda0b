package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.Use;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The port through which principals and tokens are kept. Always reads the store itself, never a
 * cache. Stages never fail: see {@link Outcome} and {@link Commit}.
 */
public interface TokenRegistry {

  CompletionStage<Outcome<Principal>> principal(String id);

  /** Principals by id, after the cursor, of this organization or of all. */
  CompletionStage<Outcome<Page<Principal>>> principals(
      Optional<String> organization, Optional<String> cursor, int limit);

  CompletionStage<Outcome<KeptToken>> token(String id);

  /** The token that any of these hashes is, tried in order. */
  CompletionStage<Outcome<KeptToken>> tokenByHash(List<TokenHash> hashes);

  /**
   * Tokens after the cursor, in an order that does not change. A page may be short, or empty; only
   * one without a next cursor is the last.
   */
  CompletionStage<Outcome<Page<KeptToken>>> tokens(
      TokenFilter filter, Optional<String> cursor, int limit);

  /** How many tokens this principal has or had. */
  CompletionStage<Outcome<Long>> countTokens(String principal);

  /** What is kept of an answered request. */
  CompletionStage<Outcome<Receipt>> receipt(String key);

  /** Principals whose deletion was begun at this instant or before, and is not done. */
  CompletionStage<Outcome<List<String>>> deletions(Instant begunUntil);

  /** Makes the change whole, with its entry in the audit trail, or not at all. */
  CompletionStage<Commit> commit(Change change);

  /** Notes uses of tokens, but no two of one token within a minute. */
  CompletionStage<Outcome<Void>> used(Collection<Use> uses);

  /** How the tokens that are not revoked stand, with a count for each of these instants. */
  CompletionStage<Outcome<Census>> census(
      Instant now, List<Instant> createdUntil, List<Instant> endsBefore);

  /**
   * Tokens counted at an instant.
   *
   * @param active neither revoked nor expired
   * @param created those of the active that were created until each instant asked for, in its order
   * @param ending those of the active that end before each instant asked for, in its order
   */
  record Census(long active, List<Long> created, List<Long> ending) {}
}
