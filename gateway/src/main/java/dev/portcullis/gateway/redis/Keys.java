package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.limit.BucketKey;
import dev.portcullis.gateway.token.TokenHash;
import io.lettuce.core.cluster.SlotHash;
import java.util.Optional;

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

  /** What the keys of counts begin with. */
  private static final String BUCKET = TAG + "bucket:";

  /** Hash: a token's id to the hash under which its record is. */
  static final String TOKEN_HASHES = TAG + "token-hashes";

  /** Sorted set of all tokens' ids, all with score 0. */
  static final String TOKEN_IDS = TAG + "token-ids";

  /** Sorted set of all principals' ids, all with score 0. */
  static final String PRINCIPAL_IDS = TAG + "principal-ids";

  /** Hash: a token's id to the millisecond of its last use and the client's address. */
  static final String LAST_USES = TAG + "last-uses";

  /** Sorted set of the ids of principals whose deletion was begun, by the millisecond of that. */
  static final String DELETIONS = TAG + "deletions";

  /** Sorted set of {@link LiveIndex#creation} of tokens that are good, all with score 0. */
  static final String LIVE_BY_CREATION = TAG + "live-by-creation";

  /** Sorted set of {@link LiveIndex#end} of tokens that are good and end, all with score 0. */
  static final String LIVE_BY_END = TAG + "live-by-end";

  /** Stream: the audit trail. */
  static final String AUDIT = TAG + "audit";

  /** The last link of the audit trail's chain. */
  static final String AUDIT_HEAD = TAG + "audit-head";

  /** The last link that was trimmed off the audit trail, and the id of the entry that says so. */
  static final String AUDIT_FLOOR = TAG + "audit-floor";

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

  /** Sorted set of the ids of this organization's principals, all with score 0. */
  static String principalsOfOrganization(String organization) {
    return TAG + "organization-principals:" + organization;
  }

  /** Hash: a parameter. No organization begins with a slash, and every name does. */
  static String parameter(Optional<String> organization, String name) {
    return TAG + "parameter:" + organization.orElse("") + name;
  }

  /** Hash, for a day: what is kept of an answered request. */
  static String receipt(String key) {
    return TAG + "receipt:" + key;
  }

  /** Sorted set of the ids of audit entries that concern this principal, by their number. */
  static String auditOfPrincipal(String id) {
    return TAG + "audit-of-principal:" + id;
  }

  /** Sorted set of the ids of audit entries that concern this organization, by their number. */
  static String auditOfOrganization(String organization) {
    return TAG + "audit-of-organization:" + organization;
  }

  /** Sorted set of the ids of audit entries that concern this token, by their number. */
  static String auditOfToken(String id) {
    return TAG + "audit-of-token:" + id;
  }

  /** String, for a moment: which change of this count is made next. */
  static String turn(String bucket) {
    return TAG + "bucket-turn:" + bucket.substring(BUCKET.length());
  }

  /** String: a count, as Bucket4j writes it. */
  static String bucket(BucketKey key) {
    // No set's id has two bars in a row, so a subject cannot pass for the end of one.
    return BUCKET + key.limits().id() + "||" + key.subject();
  }
}
