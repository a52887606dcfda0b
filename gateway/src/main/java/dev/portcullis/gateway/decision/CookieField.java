package dev.portcullis.gateway.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One {@code Cookie} field value as it was received: pairs separated by {@code ;} (RFC 6265,
 * section 4.2.1).
 *
 * @param raw the field value
 */
public record CookieField(String raw) {

  /** The values of all cookies with exactly this name, in order. */
  public List<String> values(String name) {
    List<String> values = new ArrayList<>(1);
    for (String pair : raw.split(";", -1)) {
      if (name(pair).equals(name)) {
        int equals = pair.indexOf('=');
        values.add(equals < 0 ? "" : pair.substring(equals + 1).strip());
      }
    }
    return values;
  }

  /** This field less the cookies with these names; empty when none is left. */
  public Optional<CookieField> without(Set<String> names) {
    List<String> kept = new ArrayList<>();
    boolean changed = false;
    for (String pair : raw.split(";", -1)) {
      if (names.contains(name(pair))) {
        changed = true;
      } else {
        kept.add(pair);
      }
    }
    if (!changed) {
      return Optional.of(this);
    }
    String left = String.join(";", kept).strip();
    return left.isEmpty() ? Optional.empty() : Optional.of(new CookieField(left));
  }

  private static String name(String pair) {
    int equals = pair.indexOf('=');
    return (equals < 0 ? pair : pair.substring(0, equals)).strip();
  }
}
