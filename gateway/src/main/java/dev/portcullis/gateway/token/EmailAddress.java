package dev.portcullis.gateway.token;

import java.text.Normalizer;
import java.util.Locale;

/**
 * An e-mail address in the one form in which it is stored and compared: without surrounding space,
 * in Unicode normal form C, in lower case.
 *
 * @param text the canonical form
 */
public record EmailAddress(String text) {

  public EmailAddress {
    if (!isCanonicalAscii(text)) {
      text = Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is, as most are, visible ASCII in lower case, which is the canonical form. */
  private static boolean isCanonicalAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }
}
