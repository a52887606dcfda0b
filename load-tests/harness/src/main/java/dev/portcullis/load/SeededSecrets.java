package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets of seeded tokens by their number, all of one length, as the gateway would have minted
 * them under one pepper (see {@code gateway/RECORDS.md}). Shows nothing of them as text; for one
 * thread.
 */
final class SeededSecrets {
  private static final String PREFIX = "load_";
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM = 32;
  private static final int CHECK = 6;

  private final String pepperId;
  private final Mac mac;

  SeededSecrets(String pepperId, byte[] pepper) {
    this.pepperId = pepperId;
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(pepper, mac.getAlgorithm()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  String secret(int i) {
    String body = body(i);
    return body + check(hmac(body));
  }

  /** Under which the record is. */
  String hash(int i) {
    return pepperId + ":" + HexFormat.of().formatHex(hmac(body(i)));
  }

  private static String body(int i) {
    StringBuilder body = new StringBuilder(PREFIX);
    new SplittableRandom(~(long) i)
        .ints(RANDOM, 0, BASE62.length())
        .forEach(digit -> body.append(BASE62.charAt(digit)));
    return body.toString();
  }

  private byte[] hmac(String body) {
    return mac.doFinal(body.getBytes(US_ASCII));
  }

  private static String check(byte[] hmac) {
    BigInteger base = BigInteger.valueOf(BASE62.length());
    BigInteger rest = new BigInteger(1, hmac, 0, Long.BYTES).mod(base.pow(CHECK));
    char[] digits = new char[CHECK];
    for (int i = CHECK - 1; i >= 0; i--) {
      digits[i] = BASE62.charAt(rest.mod(base).intValue());
      rest = rest.divide(base);
    }
    return new String(digits);
  }

  @Override
  public String toString() {
    return "SeededSecrets[" + pepperId + "]";
  }
}
