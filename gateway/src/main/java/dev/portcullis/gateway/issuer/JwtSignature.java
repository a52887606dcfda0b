package dev.portcullis.gateway.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import dev.portcullis.policy.Issuer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a JWT is signed, as far as its header says. */
sealed interface JwtSignature {

  /** It is not signed as its issuer's access tokens are. */
  record Unfit(String detail) implements JwtSignature {}

  /**
   * It may be its issuer's.
   *
   * @param header whose algorithm the policy accepts
   */
  record Fit(JWSHeader header, UnverifiedJwt jwt) implements JwtSignature {
    /**
     * Whether it was made with this key. An extension that must be understood makes it false, and
     * so does a second way to write a signature (RFC 4648, section 3.5): a token has one text.
     */
    boolean isBy(JWK key) {
      Base64URL signature = jwt.signature();
      try {
        return Base64URL.encode(signature.decode()).equals(signature)
            && new DefaultJWSVerifierFactory()
                .createJWSVerifier(header, ((AsymmetricJWK) key).toPublicKey())
                .verify(header, jwt.signed(), signature);
      } catch (JOSEException | RuntimeException e) {
        // The key may be of another curve, the signature anything: both are its sender's choice.
        return false;
      }
    }
  }

  /**
   * What {@code typ} may be (RFC 9068, section 2.1, and what issuers wrote before it), so that no
   * other kind of JWT is taken for an access token (RFC 8725, section 3.11).
   */
  Set<String> TYPES = Set.of("at+jwt", "application/at+jwt", "jwt");

  /** Reads the header. */
  static JwtSignature of(UnverifiedJwt jwt, Issuer issuer) {
    Optional<JWSHeader> header = jwt.header();
    if (header.isEmpty()) {
      return new Unfit("it has no header of a signed token");
    }
    if (!issuer.algorithms().contains(header.get().getAlgorithm().getName())) {
      return new Unfit("its algorithm is not accepted");
    }
    JOSEObjectType type = header.get().getType();
    if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
      return new Unfit("it is another kind of JWT");
    }
    return new Fit(header.get(), jwt);
  }
}
