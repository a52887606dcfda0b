package dev.portcullis.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import dev.portcullis.policy.Element.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of policy files, also published for editors, applied to what was read. */
final class PolicySchema {
  /** Beside this class. */
  static final String RESOURCE = "policy.schema.json";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text());

  private PolicySchema() {}

  /** The schema itself. */
  static String text() {
    try (InputStream in =
        Objects.requireNonNull(PolicySchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void check(Element root, Problems problems) {
    Set<NodePath> ofWrongType = new HashSet<>();
    List<Error> errors = SCHEMA.validate(json(root));
    for (Error error : errors) {
      if (error.getKeyword().equals("type") && ofWrongType.add(error.getInstanceLocation())) {
        report(root, error, problems);
      }
    }
    for (Error error : errors) {
      if (!ofWrongType.contains(error.getInstanceLocation())) {
        report(root, error, problems);
      }
    }
  }

  private static void report(Element root, Error error, Problems problems) {
    Element at = find(root, error.getInstanceLocation());
    if (at instanceof Mapping mapping && error.getKeyword().equals("additionalProperties")) {
      at = mapping.field(error.getProperty()).orElse(at);
    }
    problems.add(at.place(), SchemaPhrase.of(error, SCHEMA.getSchemaNode()));
  }

  private static Element find(Element root, NodePath location) {
    Element at = root;
    for (int i = 0; i < location.getNameCount(); i++) {
      Object step = location.getElement(i);
      Element next =
          switch (at) {
            case Mapping mapping -> mapping.fields().get(String.valueOf(step));
            case Sequence sequence -> sequence.items().get(Integer.parseInt(String.valueOf(step)));
            case Scalar scalar -> null;
          };
      if (next == null) {
        return at;
      }
      at = next;
    }
    return at;
  }

  private static JsonNode json(Element element) {
    return switch (element) {
      case Mapping mapping -> {
        ObjectNode object = NODES.objectNode();
        mapping.fields().forEach((name, value) -> object.set(name, json(value)));
        yield object;
      }
      case Sequence sequence -> {
        ArrayNode array = NODES.arrayNode(sequence.items().size());
        sequence.items().forEach(item -> array.add(json(item)));
        yield array;
      }
      case Scalar scalar ->
          switch (scalar.kind()) {
            case TEXT -> NODES.stringNode(scalar.text());
            case INTEGER -> NODES.numberNode(new BigInteger(scalar.text()));
            case FLAG -> NODES.booleanNode(scalar.text().equals("true"));
            case NOTHING -> NODES.nullNode();
          };
    };
  }
}
