package dev.portcullis.gateway.control;

import dev.portcullis.policy.GrantedScopes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of one JSON object, read one by one. Whatever is wrong is kept, so that all of it can
 * be told together. A member that is {@code null} counts as left out. Not safe for threads.
 */
final class JsonMembers {
  private static final int MAX_ITEMS = 100;

  private final ObjectNode object;
  private final Set<String> known = new HashSet<>();
  private final List<FieldProblem> problems = new ArrayList<>();

  JsonMembers(ObjectNode object) {
    this.object = object;
  }

  /** A text; empty where it is left out, or not what the rule allows. */
  Optional<String> text(String name, TextRule rule) {
    return member(name).flatMap(node -> text(name, node, rule));
  }

  /** A text that must be there. */
  Optional<String> requiredText(String name, TextRule rule) {
    require(name);
    return text(name, rule);
  }

  /** A text that means something; {@code meaning} throws, with a message, where it means none. */
  <T> Optional<T> parsed(String name, Function<String, T> meaning) {
    return member(name)
        .flatMap(node -> text(name, node, TextRule.SHORT))
        .flatMap(text -> parsed(name, text, meaning));
  }

  /** A list of texts that mean something each; by field, for example {@code scopes[0]}. */
  <T> Map<String, T> parsedList(String name, Function<String, T> meaning) {
    Map<String, T> items = new LinkedHashMap<>();
    list(name)
        .forEach(
            (field, node) ->
                text(field, node, TextRule.SHORT)
                    .flatMap(text -> parsed(field, text, meaning))
                    .ifPresent(item -> items.put(field, item)));
    return items;
  }

  /** A whole number from 0 to {@code most}. */
  Optional<Integer> count(String name, int most) {
    Optional<JsonNode> node = member(name);
    Optional<Integer> count =
        node.filter(it -> it.isIntegralNumber() && it.canConvertToInt())
            .map(JsonNode::intValue)
            .filter(it -> it >= 0 && it <= most);
    if (node.isPresent() && count.isEmpty()) {
      refuse(name, "is not a whole number from 0 to " + most);
    }
    return count;
  }

  /** Either of the two. */
  Optional<Boolean> flag(String name) {
    Optional<JsonNode> node = member(name);
    if (node.isPresent() && !node.get().isBoolean()) {
      refuse(name, "is not true or false");
    }
    return node.filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
  }

  /** Whether the member is there as {@code null}, which clears what it stands for. */
  boolean clears(String name) {
    return object.has(name) && object.get(name).isNull();
  }

  /** Refuses {@code null}: what this stands for cannot be cleared. */
  void refuseNull(String name) {
    if (clears(name)) {
      refuse(name, "cannot be null");
    }
  }

  /** Refuses members that stand for what does not change. */
  void refuseFixed(Collection<String> names, String detail) {
    for (String name : names) {
      if (object.has(name)) {
        known.add(name);
        refuse(name, detail);
      }
    }
  }

  /** Whom and what it names. */
  Subject subject() {
    return new Subject(named("principal").or(() -> named("id")), named("tokenId"));
  }

  private Optional<String> named(String name) {
    return Optional.ofNullable(object.get(name))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }

  /** A list of scopes and roles, by field. */
  Map<String, GrantedScopes> scopes(String name) {
    return parsedList(name, text -> GrantedScopes.parse(List.of(text)));
  }

  /** A list of texts. */
  List<String> texts(String name, TextRule rule) {
    List<String> texts = new ArrayList<>();
    list(name).forEach((field, node) -> text(field, node, rule).ifPresent(texts::add));
    return texts;
  }

  /** An object whose members are texts, by their names. */
  Map<String, String> texts(String name, TextRule names, TextRule values) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object(name).entrySet()) {
      String field = name + "." + member.getKey();
      if (names.allows(member.getKey())) {
        text(field, member.getValue(), values).ifPresent(text -> texts.put(member.getKey(), text));
      } else {
        refuse(name, "a name in it is not " + names.description());
      }
    }
    return texts;
  }

  /** The tags of a token. */
  Map<String, String> tags() {
    return texts("tags", TextRule.TAG_KEY, TextRule.TAG_VALUE);
  }

  /** An object of header fields: each member a text or a list of texts. */
  Map<String, List<String>> fields(String name) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object(name).entrySet()) {
      String field = name + "." + member.getKey();
      if (!TextRule.FIELD_NAME.allows(member.getKey())) {
        refuse(name, "a name in it is not " + TextRule.FIELD_NAME.description());
        continue;
      }
      List<String> values = new ArrayList<>();
      JsonNode value = member.getValue();
      for (JsonNode each : value.isArray() ? value : List.of(value)) {
        text(field, each, TextRule.FIELD_VALUE).ifPresent(values::add);
      }
      fields.computeIfAbsent(member.getKey(), _ -> new ArrayList<>()).addAll(values);
    }
    return fields;
  }

  /** Whether the member is there and not {@code null}. */
  boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** Whether the member is left out, {@code null} or a list without items. */
  boolean isEmptyList(String name) {
    return !has(name) || (object.get(name).isArray() && object.get(name).isEmpty());
  }

  /** Notes a problem where the member is left out. */
  void require(String name) {
    if (!has(name)) {
      refuse(name, "is required");
    }
  }

  /** Notes something that is wrong. */
  void refuse(String field, String detail) {
    problems.add(new FieldProblem(field, detail));
  }

  /** All that was found wrong so far, with the members that nobody asked for. */
  List<FieldProblem> problems() {
    List<FieldProblem> all = new ArrayList<>(problems);
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        all.add(FieldProblem.unknown(TextRule.NAME.allows(name) ? name : ""));
      }
    }
    return all;
  }

  private Optional<JsonNode> member(String name) {
    known.add(name);
    return has(name) ? Optional.of(object.get(name)) : Optional.empty();
  }

  private Map<String, JsonNode> object(String name) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    Optional<JsonNode> member = member(name);
    if (member.isPresent() && !(member.get().isObject() && member.get().size() <= MAX_ITEMS)) {
      refuse(name, "is not an object of at most " + MAX_ITEMS + " members");
      return members;
    }
    member.ifPresent(
        there -> there.properties().forEach(it -> members.put(it.getKey(), it.getValue())));
    return members;
  }

  private Map<String, JsonNode> list(String name) {
    Map<String, JsonNode> items = new LinkedHashMap<>();
    Optional<JsonNode> member = member(name);
    if (member.isPresent() && !(member.get().isArray() && member.get().size() <= MAX_ITEMS)) {
      refuse(name, "is not a list of at most " + MAX_ITEMS);
      return items;
    }
    member.ifPresent(
        list -> list.forEach(item -> items.put(name + "[" + items.size() + "]", item)));
    return items;
  }

  private Optional<String> text(String field, JsonNode node, TextRule rule) {
    if (!node.isString()) {
      refuse(field, "is not a string");
    } else if (!rule.allows(node.stringValue())) {
      refuse(field, "is not " + rule.description());
    } else {
      return Optional.of(node.stringValue());
    }
    return Optional.empty();
  }

  private <T> Optional<T> parsed(String field, String text, Function<String, T> meaning) {
    try {
      return Optional.of(meaning.apply(text));
    } catch (IllegalArgumentException e) {
      refuse(field, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
