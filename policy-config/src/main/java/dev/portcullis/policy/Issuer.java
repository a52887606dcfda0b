package dev.portcullis.policy;

import java.net.URI;
import java.util.Set;

/**
 * Another issuer of access tokens that a policy trusts: JWTs as of RFC 9068, verified by the keys
 * that the issuer publishes (RFC 7517).
 *
 * @param name what its subjects begin with, {@code NAME:}, so that none passes for a principal of
 *     the store
 * @param issuer the value of {@code iss}, exactly
 * @param audience a value that {@code aud} must have
 * @param keys where its JWKS is
 * @param algorithms of JWS (RFC 7518, section 3.1) that are accepted; asymmetric ones only
 */
public record Issuer(
    String name, String issuer, String audience, URI keys, Set<String> algorithms) {
  public Issuer {
    algorithms = Set.copyOf(algorithms);
  }

  /** Whether a subject of this one and of the other is the same subject. */
  boolean isOneWith(Issuer other) {
    return issuer.equals(other.issuer) && keys.equals(other.keys);
  }
}
