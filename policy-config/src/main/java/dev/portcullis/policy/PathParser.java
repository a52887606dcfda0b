package dev.portcullis.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.policy.CanonicalPath.Canonical;
import dev.portcullis.policy.CanonicalPath.Rejected;
import dev.portcullis.policy.CanonicalPath.Result;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Reads one raw path into its canonical form, or says why it has none. */
final class PathParser {
  /** Literal characters of a path segment (RFC 3986, section 3.3), less {@code ;}. */
  private static final String LITERALS = "-._~!$&'()*+,=:@";

  /** Escaped, these are read differently by different servers. */
  private static final String NEVER_ESCAPED = "/\\;";

  private PathParser() {}

  static Result parse(String raw) {
    if (raw.isEmpty() || raw.charAt(0) != '/') {
      return new Rejected("the path does not start with '/'");
    }
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        if (!isEscape(raw, i)) {
          return new Rejected("the path has a malformed percent-escape");
        }
        int octet = octet(raw, i);
        if (octet < 0x20 || octet == 0x7f || NEVER_ESCAPED.indexOf(octet) >= 0) {
          return new Rejected("the path escapes a separator or a control character");
        }
      } else if (c != '/' && !isLiteral(c)) {
        return new Rejected("the path has a character that must be escaped, or ';'");
      }
    }
    return split(raw.indexOf('%') < 0 ? raw : normalized(raw));
  }

  private static String normalized(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        text.append(c);
        continue;
      }
      int octet = octet(raw, i);
      if (isUnreserved(octet)) {
        text.append((char) octet);
      } else {
        text.append(raw.substring(i, i + 3).toUpperCase(Locale.ROOT));
      }
      i += 2;
    }
    return text.toString();
  }

  private static int octet(String text, int percent) {
    return HexFormat.fromHexDigits(text, percent + 1, percent + 3);
  }

  private static Result split(String text) {
    List<String> segments = new ArrayList<>(8);
    int start = 1;
    while (true) {
      int slash = text.indexOf('/', start);
      String segment = text.substring(start, slash < 0 ? text.length() : slash);
      if (segment.isEmpty() && slash >= 0) {
        return new Rejected("the path has an empty segment");
      }
      if (segment.equals(".") || segment.equals("..")) {
        return new Rejected("the path has a '.' or '..' segment");
      }
      if (segment.indexOf('%') >= 0) {
        try {
          segment = decode(segment);
        } catch (CharacterCodingException e) {
          return new Rejected("the path is not UTF-8");
        }
        if (segment.chars().anyMatch(Character::isISOControl)) {
          return new Rejected("the path escapes a separator or a control character");
        }
        if (hasEscape(segment)) {
          return new Rejected("the path is escaped twice");
        }
      }
      segments.add(segment);
      if (slash < 0) {
        return new Canonical(new CanonicalPath(text, List.copyOf(segments)));
      }
      start = slash + 1;
    }
  }

  private static String decode(String segment) throws CharacterCodingException {
    ByteBuffer octets = ByteBuffer.allocate(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        octets.put((byte) octet(segment, i));
        i += 2;
      } else {
        octets.put((byte) c);
      }
    }
    return UTF_8.newDecoder().decode(octets.flip()).toString();
  }

  private static boolean hasEscape(String decoded) {
    for (int i = decoded.indexOf('%'); i >= 0; i = decoded.indexOf('%', i + 1)) {
      if (isEscape(decoded, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEscape(String text, int percent) {
    return percent + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(percent + 1))
        && HexFormat.isHexDigit(text.charAt(percent + 2));
  }

  private static boolean isUnreserved(int c) {
    return isAlphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
  }

  private static boolean isLiteral(char c) {
    return isAlphanumeric(c) || LITERALS.indexOf(c) >= 0;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
