package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.Lookup;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of one record in Redis, while it is read. */
final class Fields {
  /** The version of the record format that this gateway reads and writes. */
  static final String VERSION = "1";

  private final Map<String, String> values;

  private Fields(Map<String, String> values) {
    this.values = values;
  }

  /** Ends the reading of a record; says which field, and never what is in it. */
  private static final class Unreadable extends RuntimeException {
    Unreadable(String problem) {
      super(problem, null, false, false);
    }
  }

  /** Reads a record: absent when it has no field, unreadable when one that is needed is not. */
  static <T> Lookup<T> read(Map<String, String> values, Function<Fields, T> reader) {
    if (values.isEmpty()) {
      return new Lookup.Absent<>();
    }
    try {
      Fields fields = new Fields(values);
      if (!fields.text("v").equals(VERSION)) {
        throw new Unreadable("field v is not a version that this gateway reads");
      }
      return new Lookup.Found<>(reader.apply(fields));
    } catch (Unreadable e) {
      return new Lookup.Unreadable<>(String.valueOf(e.getMessage()));
    }
  }

  /** A field that must be there. */
  String text(String name) {
    return value(name).orElseThrow(() -> new Unreadable("field " + name + " is missing"));
  }

  /** A field that must be there and be read. */
  <T> T required(String name, Function<String, T> parse) {
    return parse(name, text(name), parse);
  }

  /** A field that may be missing; when it is there it must be read. */
  <T> Optional<T> optional(String name, Function<String, T> parse) {
    return value(name).map(text -> parse(name, text, parse));
  }

  Optional<Instant> instant(String name) {
    return optional(name, Instant::parse);
  }

  /** A list; empty where the field is missing or empty. */
  <T> T list(String name, String separator, Function<List<String>, T> parse) {
    String text = value(name).orElse("");
    return parse(name, text, written -> parse.apply(split(written, separator)));
  }

  /** The fields whose names begin so, without that beginning. */
  Map<String, String> all(String prefix) {
    return values.entrySet().stream()
        .filter(field -> field.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                field -> field.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static List<String> split(String text, String separator) {
    return text.isEmpty() ? List.of() : List.of(text.split(separator, -1));
  }

  private static <T> T parse(String name, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Unreadable("field " + name + " cannot be read");
    }
  }
}
