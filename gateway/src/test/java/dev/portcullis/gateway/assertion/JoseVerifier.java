package dev.portcullis.gateway.assertion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** An upstream that verifies assertions, by a library that is not the one that signs. */
public final class JoseVerifier {
  private JoseVerifier() {}

  /** The keys of a JWK set. */
  public static List<JsonWebKey> keys(String jwks) {
    try {
      return new ArrayList<>(new JsonWebKeySet(jwks).getJsonWebKeys());
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  /** The ids of the keys of a JWK set. */
  public static List<String> ids(String jwks) {
    return keys(jwks).stream().map(JsonWebKey::getKeyId).toList();
  }

  /** The claims of an assertion that is good for this API, at this time, by these keys. */
  public static JwtClaims verify(String assertion, String jwks, String api, Instant now)
      throws InvalidJwtException {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys(jwks)))
        .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "EdDSA")
        .setExpectedType(true, "JWT")
        .setExpectedIssuer("portcullis")
        .setExpectedAudience(api)
        .setRequireSubject()
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
        .build()
        .processToClaims(assertion);
  }
}
