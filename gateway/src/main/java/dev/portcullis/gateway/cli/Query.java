package dev.portcullis.gateway.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The query of a URI, made of what was given. */
final class Query {
  private final List<String> parts;

  Query() {
    this(List.of());
  }

  private Query(List<String> parts) {
    this.parts = new ArrayList<>(parts);
  }

  Query add(String name, Optional<?> value) {
    value.ifPresent(given -> parts.add(name + "=" + escape(given.toString())));
    return this;
  }

  /** The same with this too; this one stays as it is. */
  Query with(String name, Optional<?> value) {
    return new Query(parts).add(name, value);
  }

  /** The text with everything escaped that means something in a URI. */
  static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }
}
