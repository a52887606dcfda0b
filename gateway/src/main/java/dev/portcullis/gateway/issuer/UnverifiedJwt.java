package dev.portcullis.gateway.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.Optional;

/**
 * A text that has the form of a signed JWT (RFC 7519, section 7.2), and may be anybody's.
 *
 * @param text in compact form (RFC 7515, section 7.1); may be a secret
 * @param claims as they stand there
 */
record UnverifiedJwt(String text, JWTClaimsSet claims) {
  private static final int PARTS = 3;

  /** Whether the text is three parts in the letters of base64url, whatever they hold. */
  static boolean hasForm(String text) {
    int parts = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        parts++;
      } else if (!isBase64Url(c)) {
        return false;
      }
    }
    return parts == PARTS;
  }

  private static boolean isBase64Url(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** Reads the claims of a text that has the form; empty where they are none, or one is twice. */
  static Optional<UnverifiedJwt> read(String text) {
    String payload = text.substring(text.indexOf('.') + 1, text.lastIndexOf('.'));
    try {
      JWTClaimsSet claims = JWTClaimsSet.parse(new Base64URL(payload).decodeToString());
      return Optional.of(new UnverifiedJwt(text, claims));
    } catch (ParseException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Its header; empty where it is none of a signature. */
  Optional<JWSHeader> header() {
    try {
      return Optional.of(JWSHeader.parse(new Base64URL(text.substring(0, text.indexOf('.')))));
    } catch (ParseException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** What is signed. */
  byte[] signed() {
    return text.substring(0, text.lastIndexOf('.')).getBytes(US_ASCII);
  }

  Base64URL signature() {
    return new Base64URL(text.substring(text.lastIndexOf('.') + 1));
  }

  @Override
  public String toString() {
    return "UnverifiedJwt[***]";
  }
}
