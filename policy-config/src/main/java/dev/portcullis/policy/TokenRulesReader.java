package dev.portcullis.policy;

import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what the tokens of an API are like. */
final class TokenRulesReader {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Problems problems;

  TokenRulesReader(Problems problems) {
    this.problems = problems;
  }

  TokenRules read(Mapping root) {
    return root.nested("tokens").map(this::rules).orElse(TokenRules.NONE);
  }

  private TokenRules rules(Mapping tokens) {
    Optional<Mapping> lifetime = tokens.nested("lifetime");
    Optional<Duration> standard = lifetime.flatMap(written -> duration(written, "default"));
    Optional<Duration> longest = lifetime.flatMap(written -> duration(written, "max"));
    if (standard.isPresent()
        && longest.isPresent()
        && standard.get().compareTo(longest.get()) > 0) {
      lifetime.ifPresent(
          written -> problems.add(written.place(), "the default is longer than the maximum"));
    }
    return new TokenRules(prefixes(tokens), standard, longest, changeable(tokens));
  }

  private static Map<String, String> prefixes(Mapping tokens) {
    Map<String, String> prefixes = new HashMap<>();
    tokens
        .mapping("prefixes")
        .forEach(
            (kind, element) ->
                element.asText().ifPresent(prefix -> prefixes.put(kind, prefix.text())));
    return prefixes;
  }

  private Optional<Duration> duration(Mapping lifetime, String field) {
    return lifetime
        .text(field)
        .flatMap(text -> problems.attempt(text.place(), () -> duration(text.text())));
  }

  private static Duration duration(String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration such as P90D or PT12H (ISO 8601)", e);
    }
    if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not more than nothing and at most P36500D");
    }
    return duration;
  }

  private static Set<String> changeable(Mapping tokens) {
    return tokens.field("changeable").isEmpty()
        ? TokenRules.DESCRIPTIVE
        : tokens.items("changeable").stream()
            .flatMap(item -> item.asText().stream())
            .map(Scalar::text)
            .collect(Collectors.toUnmodifiableSet());
  }
}
