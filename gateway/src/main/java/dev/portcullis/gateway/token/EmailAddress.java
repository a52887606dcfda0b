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
    text = Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
