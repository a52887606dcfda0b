package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A minted token: its id, its secret, and its owner's e-mail. Shows nothing of the secret as text.
 */
final class Credential {
  /** The header with the e-mail. */
  static final String EMAIL = "Email";

  private final String tokenId;
  private final String secret;
  private final String email;

  Credential(String tokenId, String secret, String email) {
    this.tokenId = tokenId;
    this.secret = secret;
    this.email = email;
  }

  String tokenId() {
    return tokenId;
  }

  String email() {
    return email;
  }

  String secret() {
    return secret;
  }

  /** The hex digits of SHA-256 over the secret. */
  String sha256() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same with another last character. */
  Credential misspelt() {
    int last = secret.length() - 1;
    char other = secret.charAt(last) == '0' ? '1' : '0';
    return new Credential(tokenId, secret.substring(0, last) + other, email);
  }

  /** The same token with another e-mail. */
  Credential of(String other) {
    return new Credential(tokenId, secret, other);
  }

  /** The value of the Authorization header. */
  String authorization() {
    return "Bearer " + secret;
  }

  /** The headers that show it. */
  Map<String, String> headers() {
    return Map.of("Authorization", authorization(), EMAIL, email);
  }

  /** The header lines that show it, for a request written by hand. */
  String lines() {
    return "Authorization: " + authorization() + "\r\nEmail: " + email + "\r\n";
  }

  @Override
  public String toString() {
    return "Credential[" + tokenId + "]";
  }
}
