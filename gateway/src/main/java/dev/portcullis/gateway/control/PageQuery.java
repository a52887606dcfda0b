package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.TokenFilter;
import dev.portcullis.gateway.token.TokenStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;

/** The query parameters of a list, read one by one. Whatever is wrong is kept. */
final class PageQuery {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final Map<String, TokenStatus> STATUSES =
      Stream.of(TokenStatus.values())
          .collect(Collectors.toMap(s -> s.name().toLowerCase(Locale.ROOT), s -> s));

  private final MultiValueMap<String, String> parameters;
  private final List<FieldProblem> problems = new ArrayList<>();

  PageQuery(MultiValueMap<String, String> parameters, Set<String> known) {
    this.parameters = parameters;
    parameters.forEach(
        (name, values) -> {
          if (!known.contains(name)) {
            refuse(TextRule.TAG_KEY.allows(name) ? name : "", "is not known here");
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

  /** How many items a page has at most: 1 to 200; 50 where it is left out. */
  int limit() {
    String text = parameters.getFirst("limit");
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= MAX_LIMIT) {
      return Integer.parseInt(text);
    }
    refuse("limit", "is not a number from 1 to " + MAX_LIMIT);
    return DEFAULT_LIMIT;
  }

  /** Which tokens to list. */
  TokenFilter filter() {
    return new TokenFilter(
        id("principal"), id("organization"), status(), Optional.empty(), Optional.empty());
  }

  private Optional<TokenStatus> status() {
    String text = parameters.getFirst("status");
    if (text != null && !STATUSES.containsKey(text)) {
      refuse("status", "is not active, expired or revoked");
    }
    return Optional.ofNullable(text).map(STATUSES::get);
  }

  private void refuse(String field, String detail) {
    problems.add(new FieldProblem(field, detail));
  }

  /** All that was found wrong so far. */
  List<FieldProblem> problems() {
    return List.copyOf(problems);
  }
}
