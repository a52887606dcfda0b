package dev.portcullis.policy;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Says to people what the schema validator says to programs. */
final class SchemaPhrase {
  private SchemaPhrase() {}

  static String of(Error error, JsonNode schema) {
    JsonNode rule = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "additionalProperties" ->
          unknownField(error.getProperty(), around(error, schema).path("properties"));
      case "required" -> "'" + error.getProperty() + "' is missing";
      case "type" -> "must be " + types(rule);
      case "enum" -> unknownWord(error.getInstanceNode(), rule);
      case "const" ->
          "must be " + rule + "; " + around(error, schema, 2).path("description").asString();
      case "minimum", "maximum" -> {
        JsonNode bounds = around(error, schema);
        yield "must be from " + bounds.path("minimum") + " to " + bounds.path("maximum");
      }
      case "maxLength" -> "must be at most " + rule + " characters long";
      case "minItems", "minLength" -> "must not be empty";
      case "minProperties", "maxProperties" ->
          "must have one field of "
              + String.join(", ", names(around(error, schema).path("properties")));
      default ->
          error.getInstanceNode()
              + " is not valid. "
              + around(error, schema).path("description").asString();
    };
  }

  private static String unknownField(String name, JsonNode properties) {
    List<String> known = names(properties);
    return "unknown field '"
        + name
        + Spelling.nearest(name, known)
            .map(meant -> "'; did you mean '" + meant + "'?")
            .orElse("'; known are " + String.join(", ", known));
  }

  private static String unknownWord(JsonNode value, JsonNode allowed) {
    List<String> known = new ArrayList<>();
    allowed.forEach(word -> known.add(word.asString()));
    return value + " is not one of " + String.join(", ", known);
  }

  private static String types(JsonNode rule) {
    return rule.isArray()
        ? rule.valueStream().map(SchemaPhrase::type).collect(Collectors.joining(" or "))
        : type(rule);
  }

  private static String type(JsonNode name) {
    return switch (name.asString()) {
      case "string" -> "text (in quotes where it looks like something else)";
      case "object" -> "a mapping of fields";
      case "array" -> "a list";
      case "boolean" -> "true or false";
      default -> "a whole number";
    };
  }

  private static List<String> names(JsonNode properties) {
    return List.copyOf(properties.propertyNames());
  }

  /** The schema that the failed keyword stands in. */
  private static JsonNode around(Error error, JsonNode schema) {
    return around(error, schema, 1);
  }

  private static JsonNode around(Error error, JsonNode schema, int levels) {
    NodePath path = error.getSchemaLocation().getFragment();
    JsonNode at = schema;
    for (int i = 0; i < path.getNameCount() - levels; i++) {
      at = at.path(path.getName(i));
    }
    return at;
  }
}
