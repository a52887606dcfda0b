package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.TokenHash;
import io.lettuce.core.cluster.SlotHash;

/**
 * The names of all keys in Redis. They share one hash tag, and so one slot of a cluster.
 *
 * <p>No other key begins as the records do: a change of an index tells no cache anything.
 */
final class Keys {
  private static final String TAG = "{portcullis}:";

  /** What the keys of token records begin with; the hash follows. */
  static final String TOKEN = TAG + "token:";

  /** What the keys of principal records begin with; the id follows. */
  static final String PRINCIPAL = TAG + "principal:";

  /** Hash: a token's id to the hash under which its record is. */
  static final String TOKEN_HASHES = TAG + "token-hashes";

  /** Sorted set of all tokens' ids, all with score 0. */
  static final String TOKEN_IDS = TAG + "token-ids";

  /** Sorted set of all principals' ids, all with score 0. */
  static final String PRINCIPAL_IDS = TAG + "principal-ids";

  /** Hash: the SHA-256 of a secret that was imported, to its token's id; kept after a re-hash. */
  static final String IMPORTED = TAG + "imported";

  /**
   * A key that never exists: asked for, it makes a cluster's node tell whether it owns the slot.
   */
  static final String PROBE = TAG + "probe";

  /** The slot of all of them. */
  static final int SLOT = SlotHash.getSlot(PROBE);

  private Keys() {}

  static String token(TokenHash hash) {
    return TOKEN + hash.text();
  }

  static String principal(String id) {
    return PRINCIPAL + id;
  }

  /** Sorted set of the ids of this principal's tokens, all with score 0. */
  static String tokensOfPrincipal(String id) {
    return TAG + "principal-tokens:" + id;
  }

  /** Sorted set of the ids of this organization's tokens, all with score 0. */
  static String tokensOfOrganization(String organization) {
    return TAG + "organization-tokens:" + organization;
  }
}
