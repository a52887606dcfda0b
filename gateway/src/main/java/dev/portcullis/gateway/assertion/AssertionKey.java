package dev.portcullis.gateway.assertion;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.gateway.token.Sha256;
import java.util.Base64;

/**
 * A key that assertions are signed with, and its public form.
 *
 * @param id the thumbprint of its public form (RFC 7638)
 * @param x its public form (RFC 8037, section 2)
 */
record AssertionKey(String id, String x, Ed25519Key pair) {
  /** Of JWS (RFC 8037, section 3.1). */
  static final String ALGORITHM = "EdDSA";

  static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  static AssertionKey ofSeed(byte[] seed) {
    Ed25519Key pair = Ed25519Key.ofSeed(seed);
    String x = BASE64URL.encodeToString(pair.publicKey());
    return new AssertionKey(thumbprint(x), x, pair);
  }

  private static String thumbprint(String x) {
    String members = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
    return BASE64URL.encodeToString(Sha256.of(members.getBytes(UTF_8)));
  }

  /** Its public form with what it is for (RFC 7517, section 4). */
  record Jwk(String kty, String crv, String x, String kid, String use, String alg) {}

  Jwk jwk() {
    return new Jwk("OKP", "Ed25519", x, id, "sig", ALGORITHM);
  }

  @Override
  public String toString() {
    return "AssertionKey[" + id + "]";
  }
}
