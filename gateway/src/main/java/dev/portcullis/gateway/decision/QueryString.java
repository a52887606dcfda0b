package dev.portcullis.gateway.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The query of a request target as it was received: parameters separated by {@code &}, names and
 * values percent-encoded, {@code +} a plain character (RFC 3986, section 3.4).
 *
 * @param raw without {@code ?}
 */
public record QueryString(String raw) {

  /** The raw values of all parameters whose decoded name is this, in order. */
  public List<String> values(String name) {
    List<String> values = new ArrayList<>(1);
    for (String parameter : raw.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals >= 0 && isNamed(parameter, name)) {
        values.add(parameter.substring(equals + 1));
      }
    }
    return values;
  }

  /** This query less the parameters with these decoded names; all else stays byte for byte. */
  public Optional<QueryString> without(Set<String> names) {
    List<String> kept = new ArrayList<>();
    for (String parameter : raw.split("&", -1)) {
      if (names.stream().noneMatch(name -> isNamed(parameter, name))) {
        kept.add(parameter);
      }
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of(new QueryString(String.join("&", kept)));
  }

  private static boolean isNamed(String parameter, String name) {
    int equals = parameter.indexOf('=');
    String written = equals < 0 ? parameter : parameter.substring(0, equals);
    return written.equals(name) || decode(written).filter(name::equals).isPresent();
  }

  /** The text without its percent-escapes; empty when one is malformed. */
  static Optional<String> decode(String text) {
    if (text.indexOf('%') < 0) {
      return Optional.of(text);
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        octets.write(c);
      } else if (i + 2 < text.length()
          && HexFormat.isHexDigit(text.charAt(i + 1))
          && HexFormat.isHexDigit(text.charAt(i + 2))) {
        octets.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(octets.toString(UTF_8));
  }
}
