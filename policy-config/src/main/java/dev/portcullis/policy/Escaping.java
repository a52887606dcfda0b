package dev.portcullis.policy;

import java.util.Locale;
import java.util.Optional;

/** How a value from outside is written so that it stays a value where it stands. */
enum Escaping {
  /** Inside a JSON string (RFC 8259, section 7); also safe where a browser takes it for HTML. */
  JSON {
    @Override
    void append(int c, StringBuilder to) {
      if (c == '"' || c == '\\') {
        to.append('\\').append((char) c);
      } else if (Character.isISOControl(c) || c == '<' || c == '>' || c == 0x2028 || c == 0x2029) {
        to.append(String.format(Locale.ROOT, "\\u%04x", c));
      } else {
        to.appendCodePoint(c);
      }
    }
  },
  /** In XML or HTML text, or in a quoted attribute. */
  MARKUP {
    @Override
    void append(int c, StringBuilder to) {
      switch (c) {
        case '&' -> to.append("&amp;");
        case '<' -> to.append("&lt;");
        case '>' -> to.append("&gt;");
        case '"' -> to.append("&quot;");
        case '\'' -> to.append("&#39;");
        default -> PLAIN.append(c, to);
      }
    }
  },
  /** In plain text: control characters are left out. */
  PLAIN {
    @Override
    void append(int c, StringBuilder to) {
      if (!Character.isISOControl(c)) {
        to.appendCodePoint(c);
      }
    }
  },
  /** In a field value: control characters are left out, what is not ASCII becomes {@code ?}. */
  FIELD {
    @Override
    void append(int c, StringBuilder to) {
      if (HttpSyntax.isFieldCharacter(c)) {
        to.append((char) c);
      } else if (!Character.isISOControl(c)) {
        to.append('?');
      }
    }
  },
  /** In a quoted-string of a field value (RFC 9110, section 5.6.4). */
  QUOTED_FIELD {
    @Override
    void append(int c, StringBuilder to) {
      if (c == '"' || c == '\\') {
        to.append('\\');
      }
      FIELD.append(c, to);
    }
  };

  abstract void append(int c, StringBuilder to);

  final void append(String value, StringBuilder to) {
    value.codePoints().forEach(c -> append(c, to));
  }

  /** The escaping for bodies of this content type; empty where none is known to be safe. */
  static Optional<Escaping> ofContentType(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    if (type.equals("application/json") || type.endsWith("+json")) {
      return Optional.of(JSON);
    }
    if (type.equals("application/xml")
        || type.equals("text/xml")
        || type.equals("text/html")
        || type.endsWith("+xml")) {
      return Optional.of(MARKUP);
    }
    return type.equals("text/plain") ? Optional.of(PLAIN) : Optional.empty();
  }
}
