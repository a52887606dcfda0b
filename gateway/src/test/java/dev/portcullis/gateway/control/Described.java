package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The control plane as its description has it, held against what it really answers. */
final class Described {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode DESCRIPTION = closed();
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private Described() {}

  static JsonNode description() {
    return Description.load();
  }

  /** The description, but that objects have no members other than those it names. */
  private static JsonNode closed() {
    JsonNode all = Description.load();
    close(all.at("/components/schemas"));
    return all;
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Described::close);
  }

  /** Asserts that what was answered is among what the description says may be. */
  static void check(String method, String path, HttpResponse<String> response) {
    Optional<JsonNode> operation = operation(method, path);
    if (operation.isEmpty()) {
      assertThat(response.statusCode()).as(method + " " + path).isIn(404, 405, 421);
      return;
    }
    JsonNode answer =
        resolved(operation.get().get("responses").path(Integer.toString(response.statusCode())));
    assertThat(answer.isObject())
        .as("%s %s answers %d, which is not described", method, path, response.statusCode())
        .isTrue();
    String type = response.headers().firstValue("Content-Type").orElse("none");
    JsonNode content = answer.get("content").path(type);
    assertThat(content.isObject()).as("%s %s: %s is not described", method, path, type).isTrue();
    if (content.has("x-line-schemas")) {
      response.body().lines().forEach(line -> checkLine(line, content.get("x-line-schemas")));
    } else if (type.endsWith("json")) {
      assertThat(problems(content.get("schema"), JSON.readTree(response.body())))
          .as(response.body())
          .isEmpty();
    }
    response
        .headers()
        .firstValue("Idempotent-Replayed")
        .ifPresent(_ -> assertThat(answer.at("/headers/Idempotent-Replayed").isObject()).isTrue());
  }

  private static void checkLine(String line, JsonNode names) {
    List<List<Error>> found =
        names
            .valueStream()
            .map(name -> problems(reference("#/components/schemas/" + name.asString()), line))
            .toList();
    assertThat(found).as(line).anyMatch(List::isEmpty);
  }

  private static List<Error> problems(JsonNode schema, String text) {
    return problems(schema, JSON.readTree(text));
  }

  /** What is wrong with a value, as this part of the description has it. */
  static List<Error> problems(JsonNode schema, JsonNode value) {
    return SCHEMAS
        .computeIfAbsent(
            schema.toString(),
            text -> {
              ObjectNode whole = (ObjectNode) JSON.readTree(text);
              whole.set("components", DESCRIPTION.get("components"));
              return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(whole.toString());
            })
        .validate(value);
  }

  static JsonNode reference(String pointer) {
    return JSON.createObjectNode().put("$ref", pointer);
  }

  static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? DESCRIPTION.at(node.get("$ref").asString().substring(1)) : node;
  }

  /** The operation for a request; a path without variables goes before one with. */
  private static Optional<JsonNode> operation(String method, String target) {
    String path = Pattern.compile("/?(\\?.*)?$").matcher(target).replaceFirst("");
    return Stream.of(true, false)
        .flatMap(
            literal ->
                DESCRIPTION.get("paths").properties().stream()
                    .filter(each -> each.getKey().contains("{") != literal))
        .filter(each -> fits(each.getKey(), path))
        .findFirst()
        .map(each -> each.getValue().path(method.toLowerCase(Locale.ROOT)))
        .filter(JsonNode::isObject);
  }

  private static boolean fits(String pattern, String path) {
    return path.matches(pattern.replaceAll("\\{[^}]*}", "[^/]+"));
  }
}
