package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text with placeholders, taken apart once so that rendering only joins its parts. */
final class Template {
  private static final String OPEN = "${";

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  private sealed interface Part {}

  private record Text(String text) implements Part {}

  private record Gap(Placeholder placeholder, Escaping escaping) implements Part {}

  /**
   * Reads a body.
   *
   * @throws IllegalArgumentException with a message for people, when a placeholder is not sound
   */
  static Template ofBody(String text, Escaping escaping) {
    return parse(text, escaping, escaping);
  }

  /**
   * Reads a field value; placeholders between double quotes are escaped for a quoted-string.
   *
   * @throws IllegalArgumentException with a message for people, when a placeholder is not sound
   */
  static Template ofField(String text) {
    return parse(text, Escaping.FIELD, Escaping.QUOTED_FIELD);
  }

  private static Template parse(String text, Escaping plain, Escaping quoted) {
    List<Part> parts = new ArrayList<>();
    boolean inQuotes = false;
    int start = 0;
    for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, start)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("a '${' is not closed by '}'");
      }
      String literal = text.substring(start, open);
      if (literal.endsWith("\\")) {
        throw new IllegalArgumentException("a backslash stands before '${'");
      }
      inQuotes ^= hasOddQuotes(literal);
      String name = text.substring(open + OPEN.length(), close);
      Placeholder placeholder =
          Placeholder.of(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "unknown placeholder '${"
                              + name
                              + "}'; known are "
                              + Placeholder.list()));
      parts.add(new Text(literal));
      parts.add(new Gap(placeholder, inQuotes ? quoted : plain));
      start = close + 1;
    }
    parts.add(new Text(text.substring(start)));
    return new Template(parts);
  }

  private static boolean hasOddQuotes(String literal) {
    boolean odd = false;
    for (int i = 0; i < literal.length(); i++) {
      switch (literal.charAt(i)) {
        case '\\' -> i++;
        case '"' -> odd = !odd;
        default -> {}
      }
    }
    return odd;
  }

  /** This template with what is known beforehand already in place. */
  Template fill(Map<Placeholder, String> known) {
    List<Part> filled = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Text(String literal) -> text.append(literal);
        case Gap(Placeholder placeholder, Escaping escaping) -> {
          String value = known.get(placeholder);
          if (value == null) {
            filled.add(new Text(text.toString()));
            filled.add(part);
            text.setLength(0);
          } else {
            escaping.append(value, text);
          }
        }
      }
    }
    filled.add(new Text(text.toString()));
    return new Template(filled);
  }

  /** The text, where no placeholder is left. */
  Optional<String> constant() {
    return parts.size() == 1 && parts.getFirst() instanceof Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Renders what is left after {@link #fill}. */
  String render(RefusalContext context) {
    if (parts.size() == 1 && parts.getFirst() instanceof Text(String text)) {
      return text;
    }
    StringBuilder rendered = new StringBuilder(128);
    for (Part part : parts) {
      switch (part) {
        case Text(String text) -> rendered.append(text);
        case Gap(Placeholder placeholder, Escaping escaping) ->
            escaping.append(context.value(placeholder), rendered);
      }
    }
    return rendered.toString();
  }
}
