package dev.portcullis.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of a policy file that knows where it stands. */
sealed interface Element {

  Place place();

  /**
   * Named fields.
   *
   * @param fields in the order of the file
   */
  record Mapping(Place place, Map<String, Element> fields) implements Element {
    public Mapping {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    Optional<Element> field(String name) {
      return Optional.ofNullable(fields.get(name));
    }

    /** The field, where it is text; the schema reports what else it is. */
    Optional<Scalar> text(String name) {
      return field(name).flatMap(Element::asText);
    }

    /** Whether the field is {@code true}. */
    boolean flag(String name) {
      return fields.get(name) instanceof Scalar scalar
          && scalar.kind == Kind.FLAG
          && scalar.text.equals("true");
    }

    /** The items of the field, where it is a list; none where it is not there. */
    List<Element> items(String name) {
      return fields.get(name) instanceof Sequence sequence ? sequence.items : List.of();
    }

    /** The fields of the field, where it has any. */
    Map<String, Element> mapping(String name) {
      return nested(name).map(Mapping::fields).orElse(Map.of());
    }

    /** The field, where it has fields of its own. */
    Optional<Mapping> nested(String name) {
      return fields.get(name) instanceof Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }
  }

  /** A list. */
  record Sequence(Place place, List<Element> items) implements Element {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A single value, as written. */
  record Scalar(Place place, Kind kind, String text) implements Element {}

  /** What a single value is by the rules of YAML 1.2. */
  enum Kind {
    TEXT,
    INTEGER,
    FLAG,
    NOTHING
  }

  /** This element, where it is text. */
  default Optional<Scalar> asText() {
    return this instanceof Scalar scalar && scalar.kind == Kind.TEXT
        ? Optional.of(scalar)
        : Optional.empty();
  }
}
