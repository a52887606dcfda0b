package dev.portcullis.gateway.assertion;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** A key pair of Ed25519 (RFC 8032) that is made of a seed, always the same of the same. */
final class Ed25519Key {
  /** Of a seed and of the written form of a public key, in bytes. */
  static final int LENGTH = 32;

  private static final String ALGORITHM = "Ed25519";

  private static final BigInteger P =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  private final PrivateKey secret;
  private final byte[] publicKey;

  private Ed25519Key(PrivateKey secret, byte[] publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  /**
   * The pair whose private key (RFC 8032, section 5.1.5) are these {@value #LENGTH} bytes.
   *
   * <p>The JDK specifies no way from a private key to its public one. A {@code KeyPairGenerator}
   * that is given the seed as its randomness finds it only as long as its provider draws just these
   * bytes, which nothing says. So the point is had from X25519, whose curve is the same in other
   * coordinates (RFC 7748, section 4.1); which of two it is, a signature tells.
   */
  static Ed25519Key ofSeed(byte[] seed) {
    try {
      PrivateKey secret =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      BigInteger y = edwards(montgomery(seed));
      for (boolean odd : new boolean[] {false, true}) {
        EdECPoint point = new EdECPoint(odd, y);
        if (isPair(secret, point)) {
          return new Ed25519Key(secret, encoded(point));
        }
      }
      throw new IllegalStateException("the provider of Ed25519 and that of X25519 disagree");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519 and X25519", e);
    }
  }

  /** The public point of X25519 whose scalar is the seed's: the product of it and the base, 9. */
  private static BigInteger montgomery(byte[] seed) throws GeneralSecurityException {
    byte[] scalar = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), LENGTH);
    KeyFactory keys = KeyFactory.getInstance("X25519");
    KeyAgreement product = KeyAgreement.getInstance("X25519");
    product.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
    product.doPhase(
        keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(9))),
        true);
    return new BigInteger(1, reversed(product.generateSecret()));
  }

  private static BigInteger edwards(BigInteger u) {
    BigInteger one = BigInteger.ONE;
    return u.subtract(one).multiply(u.add(one).modInverse(P)).mod(P);
  }

  private static boolean isPair(PrivateKey secret, EdECPoint point)
      throws GeneralSecurityException {
    PublicKey candidate =
        KeyFactory.getInstance(ALGORITHM)
            .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    byte[] message = {};
    Signature verifier = Signature.getInstance(ALGORITHM);
    verifier.initVerify(candidate);
    verifier.update(message);
    return verifier.verify(sign(secret, message));
  }

  /** The written form (RFC 8032, section 5.1.2). */
  private static byte[] encoded(EdECPoint point) {
    byte[] bytes = Arrays.copyOf(reversed(point.getY().toByteArray()), LENGTH);
    if (point.isXOdd()) {
      bytes[LENGTH - 1] |= (byte) 0x80;
    }
    return bytes;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /** The public key's written form, {@value #LENGTH} bytes. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  /** The signature of a message, 64 bytes. */
  byte[] sign(byte[] message) {
    try {
      return sign(secret, message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static byte[] sign(PrivateKey secret, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(secret);
    signature.update(message);
    return signature.sign();
  }
}
