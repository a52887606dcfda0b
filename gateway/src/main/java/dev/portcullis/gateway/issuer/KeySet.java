package dev.portcullis.gateway.issuer;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public keys of one JWK set (RFC 7517, section 5), asymmetric ones only. Equal to itself
 * alone.
 */
final class KeySet {
  /** The fewest bits that a key of RSA may have (RFC 7518, sections 3.3 and 3.5). */
  private static final int MIN_RSA_BITS = 2048;

  private final List<JWK> keys;

  private KeySet(List<JWK> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads the written form, and leaves out keys that cannot be used.
   *
   * @throws ParseException where it is no JWK set
   */
  static KeySet parse(String json) throws ParseException {
    Map<String, Object>[] written =
        JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys");
    if (written == null) {
      throw new ParseException("there is no member 'keys'", 0);
    }
    List<JWK> keys = new ArrayList<>(written.length);
    for (Map<String, Object> key : written) {
      usable(key).ifPresent(keys::add);
    }
    return new KeySet(keys);
  }

  private static Optional<JWK> usable(Map<String, Object> written) {
    JWK key;
    try {
      key = JWK.parse(written);
    } catch (ParseException | RuntimeException e) {
      return Optional.empty();
    }
    return key instanceof AsymmetricJWK && !(key instanceof RSAKey && key.size() < MIN_RSA_BITS)
        ? Optional.of(key.toPublicJWK())
        : Optional.empty();
  }

  /** Whether the other has the same keys, with all that is said of them, in the same order. */
  boolean sameAs(KeySet other) {
    return keys.equals(other.keys);
  }

  /**
   * The key that a token with this header was signed with: the one it names, or the only one that
   * fits where it names none.
   */
  Optional<JWK> select(JWSHeader header) {
    JWKMatcher fitting = JWKMatcher.forJWSHeader(header);
    List<JWK> found = keys.stream().filter(fitting::matches).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
