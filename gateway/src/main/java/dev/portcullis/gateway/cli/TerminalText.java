package dev.portcullis.gateway.cli;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Text from elsewhere, made harmless: a terminal is never sent a control character that came. */
final class TerminalText {
  private static final int LONGEST = 1000;
  private static final Pattern CONTROL = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
  private static final Pattern CONTROL_IN_JSON = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}&&[^\n]]");

  private TerminalText() {}

  /** A value on one line; an array or object as its items with commas. */
  static String of(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "-";
    }
    if (value.isArray()) {
      return value.valueStream().map(TerminalText::of).collect(Collectors.joining(","));
    }
    if (value.isObject()) {
      return value
          .propertyStream()
          .map(member -> whole(member.getKey()) + "=" + of(member.getValue()))
          .collect(Collectors.joining(","));
    }
    return cut(whole(value.asString()), LONGEST);
  }

  /** All of a text, on one line. */
  static String whole(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }

  /** The text, or its beginning. */
  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }

  /** The value as JSON, for people too; control characters are written as escapes. */
  static String json(JsonNode value) {
    return escaped(value.toPrettyString());
  }

  /** The value as JSON on one line. */
  static String jsonLine(JsonNode value) {
    return escaped(value.toString());
  }

  /** The same JSON with its control characters as escapes. */
  static String escaped(String json) {
    return CONTROL_IN_JSON.matcher(json).replaceAll(found -> "\\\\" + escape(found.group()));
  }

  private static String escape(String character) {
    return character
        .chars()
        .mapToObj(unit -> String.format(Locale.ROOT, "u%04x", unit))
        .collect(Collectors.joining("\\\\"));
  }
}
