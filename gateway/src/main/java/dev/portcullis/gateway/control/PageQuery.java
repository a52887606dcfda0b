package dev.portcullis.gateway.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.util.MultiValueMap;

/** The query parameters of a list, read one by one. Whatever is wrong is kept. */
final class PageQuery {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final MultiValueMap<String, String> parameters;
  private final List<FieldProblem> problems = new ArrayList<>();

  PageQuery(MultiValueMap<String, String> parameters, Set<String> known) {
    this.parameters = parameters;
    parameters.forEach(
        (name, values) -> {
          if (!known.contains(name)) {
            problems.add(FieldProblem.unknown(TextRule.TAG_KEY.allows(name) ? name : ""));
          } else if (values.size() > 1) {
            refuse(name, "is given more than once");
          }
        });
  }

  /** An id, or the cursor, which is the last id of the page before. */
  Optional<String> id(String name) {
    Optional<String> text = Optional.ofNullable(parameters.getFirst(name));
    if (text.isPresent() && !TextRule.ID.allows(text.get())) {
      refuse(name, "is not " + TextRule.ID.description());
    }
    return text;
  }

  /** The id of a route, or the cursor of a list of routes, which is one too. */
  Optional<String> route(String name) {
    return parsed(
        name,
        text -> {
          if (!TextRule.ROUTE.allows(text)) {
            throw new IllegalArgumentException("is not " + TextRule.ROUTE.description());
          }
          return text;
        });
  }

  /** Refuses the query where it does not name this. */
  void require(String name) {
    if (!parameters.containsKey(name)) {
      refuse(name, "is required");
    }
  }

  /** A text that means something; {@code meaning} throws, with a message, where it means none. */
  <T> Optional<T> parsed(String name, Function<String, T> meaning) {
    try {
      return Optional.ofNullable(parameters.getFirst(name)).map(meaning);
    } catch (IllegalArgumentException e) {
      refuse(name, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** How many items a page has at most: 1 to 200; 50 where it is left out. */
  int limit() {
    return limit(MAX_LIMIT).orElse(DEFAULT_LIMIT);
  }

  /** How many there are to be, from 1 to {@code most}; that where it is left out. */
  int limitOrMost(int most) {
    return limit(most).orElse(most);
  }

  private Optional<Integer> limit(int most) {
    return parsed(
        "limit",
        text -> {
          if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("is not a number from 1 to " + most);
          }
          return Integer.valueOf(text);
        });
  }

  private void refuse(String field, String detail) {
    problems.add(new FieldProblem(field, detail));
  }

  /** All that was found wrong so far. */
  List<FieldProblem> problems() {
    return List.copyOf(problems);
  }
}
