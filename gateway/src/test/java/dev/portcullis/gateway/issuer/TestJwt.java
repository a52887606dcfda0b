package dev.portcullis.gateway.issuer;

import java.security.Key;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A JWT in the making, signed by a library that is not the one that verifies. */
public final class TestJwt {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Object> headers = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private String algorithm = "RS256";
  private @Nullable Key key;
  private @Nullable String payload;

  private TestJwt() {}

  /** An access token as of RFC 9068, good for five minutes from then. */
  static TestJwt of(String subject, PublicJsonWebKey key, Instant now) {
    TestJwt jwt = new TestJwt().key(key.getPrivateKey()).header("kid", key.getKeyId());
    return jwt.header("typ", "at+jwt")
        .claim("iss", TestIssuer.ISSUER)
        .claim("aud", TestIssuer.AUDIENCE)
        .claim("sub", subject)
        .claim("exp", now.getEpochSecond() + 300)
        .claim("iat", now.getEpochSecond())
        .claim("jti", "j-" + subject);
  }

  /** With this header parameter; null for without it. */
  public TestJwt header(String name, @Nullable Object value) {
    headers.remove(name);
    if (value != null) {
      headers.put(name, value);
    }
    return this;
  }

  /** With this claim; null for without it. */
  public TestJwt claim(String name, @Nullable Object value) {
    claims.remove(name);
    if (value != null) {
      claims.put(name, value);
    }
    return this;
  }

  /** With exactly this payload. */
  TestJwt payload(String text) {
    payload = text;
    return this;
  }

  /** Signed in this way. */
  public TestJwt algorithm(String name) {
    algorithm = name;
    return this;
  }

  /** Signed by this key; null for not at all. */
  public TestJwt key(@Nullable Key other) {
    key = other;
    return this;
  }

  /** The claims as JSON. */
  String payload() {
    return payload == null ? JSON.writeValueAsString(claims) : payload;
  }

  /** The compact form. */
  public String text() {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    jws.setDoKeyValidation(false);
    headers.forEach((name, value) -> jws.getHeaders().setObjectHeaderValue(name, value));
    jws.setAlgorithmHeaderValue(algorithm);
    jws.setPayload(payload());
    jws.setKey(key);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
