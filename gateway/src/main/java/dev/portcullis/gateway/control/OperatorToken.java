package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/** The first operator's token, by which all others come to be. Shows itself to nobody. */
public final class OperatorToken {
  /** The fewest characters it may have. */
  public static final int MIN_LENGTH = 32;

  private static final Pattern LAWFUL = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final byte[] text;

  private OperatorToken(byte[] text) {
    this.text = text;
  }

  /**
   * Takes the token as configured.
   *
   * @throws IllegalArgumentException with a message for people, without the token: shorter than
   *     {@value #MIN_LENGTH} characters, or not what a Bearer credential can carry (RFC 6750,
   *     section 2.1)
   */
  public static OperatorToken of(SecretText secret) {
    String text = secret.reveal();
    if (text.length() < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "the operator token has fewer than " + MIN_LENGTH + " characters");
    }
    if (!LAWFUL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "the operator token has characters other than letters, digits and . _ ~ + / - =");
    }
    return new OperatorToken(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether it was presented; takes as long whichever characters differ. */
  boolean matches(SecretText presented) {
    return MessageDigest.isEqual(text, presented.reveal().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}
