package dev.portcullis.gateway.control;

import java.util.regex.Pattern;

/** What a text in a request may look like. */
enum TextRule {
  ID(
      "[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}",
      "1 to 128 of A-Z a-z 0-9 . _ @ + - and begins with a letter or digit"),
  EMAIL(
      "(?=.{3,254}$)[^\\s\\p{C}@]+@[^\\s\\p{C}@]+", "an e-mail address of at most 254 characters"),
  NAME("(?=.*\\S)" + Plain.CHARACTER + "{1,100}", "1 to 100 characters, none of them a control"),
  DESCRIPTION(Plain.CHARACTER + "{0,1000}", "at most 1000 characters, none of them a control"),
  TAG_KEY("[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}", "1 to 64 of A-Z a-z 0-9 . _ : / -"),
  TAG_VALUE(Plain.CHARACTER + "{0,256}", "at most 256 characters, none of them a control"),
  TARGET("/" + Plain.CHARACTER + "{0,8000}", "a path, begun with /, of at most 8000 characters"),
  ROUTE(Plain.CHARACTER + "{1,8000}", "1 to 8000 characters, none of them a control"),
  FIELD_NAME("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}", "the name of a header"),
  FIELD_VALUE("[^\\x00-\\x08\\x0A-\\x1F\\x7F]{0,8000}", "at most 8000 characters of one line"),
  /** Checked by {@link StorageMember}; bounded here. */
  PLACE("(?s).{0,300}", "at most 300 characters"),
  /** Checked by whoever gives it its meaning; bounded here. */
  SHORT("(?s).{1,300}", "1 to 300 characters");

  private static final class Plain {
    /** No control, lone surrogate, line separator, or mark that turns the direction of writing. */
    static final String CHARACTER = "[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]";
  }

  private final Pattern pattern;
  private final String description;

  TextRule(String pattern, String description) {
    this.pattern = Pattern.compile(pattern);
    this.description = description;
  }

  boolean allows(String text) {
    return pattern.matcher(text).matches();
  }

  /** What it should be, for people. */
  String description() {
    return description;
  }
}
