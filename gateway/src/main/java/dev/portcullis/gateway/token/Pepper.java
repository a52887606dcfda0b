package dev.portcullis.gateway.token;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key under which tokens are hashed, and its id. Never shows the key. */
public final class Pepper {
  /** The fewest bytes a key may have. */
  public static final int MIN_BYTES = 32;

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,16}");
  private static final String ALGORITHM = "HmacSHA256";

  private final String id;
  // A Mac is not safe for threads to share, and its set-up costs more than its use.
  private final ThreadLocal<Mac> mac;

  private Pepper(String id, byte[] key) {
    SecretKeySpec spec = new SecretKeySpec(key, ALGORITHM);
    this.id = id;
    this.mac = ThreadLocal.withInitial(() -> mac(spec));
  }

  /**
   * A pepper of these bytes.
   *
   * @param id 1 to 16 of {@code a-z}, {@code 0-9} and {@code -}; not {@code sha256}, which stands
   *     for imported hashes
   * @param key at least {@value #MIN_BYTES} bytes; copied
   * @throws IllegalArgumentException naming the id and never the key
   */
  public static Pepper of(String id, byte[] key) {
    if (!ID.matcher(id).matches() || id.equals(TokenHash.SHA256)) {
      throw new IllegalArgumentException(
          "pepper id '" + id + "' is not 1 to 16 of a-z, 0-9 and '-', or is 'sha256'");
    }
    if (key.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "pepper '" + id + "' has " + key.length + " bytes, fewer than " + MIN_BYTES);
    }
    return new Pepper(id, key);
  }

  /**
   * A pepper as written in the settings, in base64 (RFC 4648, section 4).
   *
   * @throws IllegalArgumentException as {@link #of}, or when it is not base64
   */
  public static Pepper ofBase64(String id, String key) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(key.strip());
    } catch (IllegalArgumentException e) {
      // The decoder's own message names a character of the key.
      throw new IllegalArgumentException("pepper '" + id + "' is not base64");
    }
    return of(id, bytes);
  }

  /** Its public name, part of every hash made under it. */
  public String id() {
    return id;
  }

  /** HMAC-SHA-256 (RFC 2104) of these bytes: 32 bytes. */
  byte[] hmac(byte[] text) {
    return hmac(text, text.length);
  }

  /** The same of the first {@code length} of them. */
  byte[] hmac(byte[] text, int length) {
    Mac keyed = mac.get();
    keyed.update(text, 0, length);
    return keyed.doFinal();
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "Pepper[" + id + "]";
  }
}
