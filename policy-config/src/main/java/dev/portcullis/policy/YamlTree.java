package dev.portcullis.policy;

import dev.portcullis.policy.Element.Kind;
import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import dev.portcullis.policy.Element.Sequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads one YAML 1.2 document into elements. Anchors, aliases, tags and a second document are
 * refused, so a document is never larger or deeper than it looks.
 */
final class YamlTree {
  /** In characters; 10,000 routes take about a quarter. */
  static final int MAX_LENGTH = 4 * 1024 * 1024;

  static final String TOO_LARGE = "the file is larger than " + MAX_LENGTH + " characters";

  private static final int MAX_DEPTH = 16;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(MAX_LENGTH).build();

  private final Problems problems;
  private final Iterator<Event> events;

  private YamlTree(Iterator<Event> events, Problems problems) {
    this.events = events;
    this.problems = problems;
  }

  /** The document's root; empty when it cannot be read, which is a problem. */
  static Optional<Element> read(String file, String yaml, Problems problems) {
    Place root = new Place(file, 1, "");
    if (yaml.length() > MAX_LENGTH) {
      problems.add(root, TOO_LARGE);
      return Optional.empty();
    }
    try {
      Iterator<Event> events = new Parse(SETTINGS).parseString(yaml).iterator();
      return new YamlTree(events, problems).document(root);
    } catch (Unreadable e) {
      problems.add(e.place, e.message);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(new Place(file, line, ""), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(root, "not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private Optional<Element> document(Place root) {
    Optional<Element> read = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent && read.isPresent()) {
        throw new Unreadable(new Place(root.file(), line(event), ""), "a file holds one document");
      }
      if (event instanceof NodeEvent node) {
        read = Optional.of(element(root, node, 0));
      }
    }
    if (read.isEmpty()) {
      problems.add(root, "the file is empty");
    }
    return read;
  }

  private Element element(Place place, Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw new Unreadable(place, "nested deeper than " + MAX_DEPTH + " levels");
    }
    checkPlain(place, event);
    return switch (event) {
      case ScalarEvent scalar -> new Scalar(place, kind(scalar), scalar.getValue());
      case MappingStartEvent start -> mapping(place, depth);
      default -> sequence(place, depth);
    };
  }

  private static void checkPlain(Place place, Event event) {
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw new Unreadable(place, "anchors and aliases are not read; write it out");
    }
    if (tag(event).isPresent()) {
      throw new Unreadable(place, "tags are not read");
    }
  }

  private Mapping mapping(Place place, int depth) {
    Map<String, Element> fields = new LinkedHashMap<>();
    while (events.next() instanceof NodeEvent event) {
      if (!(event instanceof ScalarEvent key)) {
        throw new Unreadable(place.field("?", line(event)), "a field's name is plain text");
      }
      Place at = place.field(key.getValue(), line(key));
      checkPlain(at, key);
      Element value = element(at, events.next(), depth + 1);
      if (fields.putIfAbsent(key.getValue(), value) != null) {
        problems.add(at, "the field '" + key.getValue() + "' stands twice");
      }
    }
    return new Mapping(place, fields);
  }

  private Sequence sequence(Place place, int depth) {
    List<Element> items = new ArrayList<>();
    while (events.next() instanceof NodeEvent event) {
      items.add(element(place.item(items.size(), line(event)), event, depth + 1));
    }
    return new Sequence(place, items);
  }

  private static Kind kind(ScalarEvent scalar) {
    Tag tag = SETTINGS.getSchema().getScalarResolver().resolve(scalar.getValue(), scalar.isPlain());
    if (tag.equals(Tag.INT)) {
      return Kind.INTEGER;
    }
    if (tag.equals(Tag.BOOL)) {
      return Kind.FLAG;
    }
    return tag.equals(Tag.NULL) ? Kind.NOTHING : Kind.TEXT;
  }

  private static Optional<String> tag(Event event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getTag();
      case CollectionStartEvent start -> start.getTag();
      default -> Optional.empty();
    };
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** Ends the reading of a document. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Place place;
    private final String message;

    Unreadable(Place place, String message) {
      super(message, null, false, false);
      this.place = place;
      this.message = message;
    }
  }
}
