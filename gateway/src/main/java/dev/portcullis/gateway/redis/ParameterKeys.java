package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.SecretText;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The keys under which parameters are kept in Redis, by id. Never shows a key. */
public final class ParameterKeys {
  /** How many bytes a key has. */
  public static final int BYTES = 32;

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Map<String, SecretKey> keys = new TreeMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * These keys.
   *
   * @param written by id, which is 1 to 32 of {@code a-z}, {@code 0-9} and {@code -}: base64 (RFC
   *     4648, section 4) of {@value #BYTES} bytes each
   * @throws IllegalArgumentException naming the id and never the key
   */
  public ParameterKeys(Map<String, SecretText> written) {
    written.forEach((id, key) -> keys.put(id, key(id, key)));
  }

  private static SecretKey key(String id, SecretText written) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("'" + id + "' is not 1 to 32 of a-z, 0-9 and '-'");
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(written.reveal().strip());
    } catch (IllegalArgumentException e) {
      // The decoder's own message names a character of the key.
      throw new IllegalArgumentException("key '" + id + "' is not base64");
    }
    if (key.length != BYTES) {
      throw new IllegalArgumentException(
          "key '" + id + "' has " + key.length + " bytes, not " + BYTES);
    }
    return new SecretKeySpec(key, "AES");
  }

  /** The id to go by: the one asked for if there is such a key, or the only one there is. */
  Optional<String> chosen(Optional<String> asked) {
    return asked.isPresent()
        ? asked.filter(keys::containsKey)
        : keys.keySet().stream().findFirst().filter(_ -> keys.size() == 1);
  }

  boolean has(String id) {
    return keys.containsKey(id);
  }

  /** The ids, for people. */
  String ids() {
    return String.join(", ", keys.keySet());
  }

  /**
   * Encrypts and authenticates: AES-256-GCM (NIST SP 800-38D) under a nonce of its own, which
   * stands in front.
   *
   * @param context what it can only be decrypted together with
   */
  byte[] seal(String id, byte[] context, byte[] text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] rest = cipher(Cipher.ENCRYPT_MODE, id, nonce, context).doFinal(text);
      byte[] all = Arrays.copyOf(nonce, nonce.length + rest.length);
      System.arraycopy(rest, 0, all, nonce.length, rest.length);
      return all;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** What was sealed; empty where it was not sealed under this key, in this context. */
  Optional<byte[]> open(String id, byte[] context, byte[] all) {
    if (!has(id) || all.length < NONCE_BYTES) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, id, nonce, context)
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, String id, byte[] nonce, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, keys.get(id), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher;
  }

  @Override
  public String toString() {
    return "ParameterKeys[" + ids() + "]";
  }
}
