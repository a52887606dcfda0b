package dev.portcullis.policy;

import java.util.Map;

/**
 * The decoded values of a route's path variables in one request.
 *
 * @param values by variable name
 */
public record PathVariables(Map<String, String> values) {
  /** No variables. */
  public static final PathVariables NONE = new PathVariables(Map.of());

  /**
   * The value of a variable of this route.
   *
   * @throws IllegalArgumentException if the route has no such variable, which the reader rules out
   */
  public String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no path variable '" + name + "'");
    }
    return value;
  }
}
