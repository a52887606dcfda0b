package dev.portcullis.gateway.decision;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The field lines of one request, read without regard to the case of their names. */
public interface HeaderFields {

  /** The values of all field lines with this name, in order; empty when there is none. */
  List<String> values(String name);

  /** Fields held in a map; for requests that did not come over a socket. */
  static HeaderFields of(Map<String, List<String>> fields) {
    TreeMap<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(fields);
    return name -> byName.getOrDefault(name, List.of());
  }
}
