package dev.portcullis.policy;

/** The lexical rules of HTTP fields (RFC 9110, section 5) that names in a policy must obey. */
final class HttpSyntax {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private HttpSyntax() {}

  /**
   * Whether this is a token (RFC 9110, section 5.6.2): what methods and field names are made of.
   */
  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(HttpSyntax::isTokenCharacter);
  }

  /** Whether this may be sent as a field value: printable ASCII, no space at either end. */
  static boolean isFieldValue(String text) {
    return text.equals(text.strip()) && text.chars().allMatch(HttpSyntax::isFieldCharacter);
  }

  static boolean isFieldCharacter(int c) {
    return c >= ' ' && c < 0x7f;
  }

  private static boolean isTokenCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }
}
