package dev.portcullis.policy;

import dev.portcullis.policy.PolicyReader.Read;
import dev.portcullis.policy.PolicyReader.Unsound;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Policies written for a test. */
final class TestPolicies {
  static final String HEAD =
      """
      api: test
      upstream: http://localhost:9000
      credentials: [bearer]
      """;

  private TestPolicies() {}

  /** A policy with these matches, each for any valid token. */
  static Policy of(List<String> matches) {
    String routes =
        matches.stream()
            .map(match -> "  - {match: '" + match + "', scopes: []}\n")
            .collect(Collectors.joining());
    return read(HEAD + "routes:\n" + routes).policies().getFirst();
  }

  /** A policy with this one route, which no file can have. */
  static Policy own(String method, String path) {
    Policy policy = of(List.of(method + " /x"));
    Route route = policy.routes().getFirst();
    Route own =
        new Route(
            "test:" + method + " " + path,
            route.methods(),
            PathPattern.parse(path),
            route.open(),
            route.shadow(),
            route.scopes(),
            route.limits(),
            route.cost(),
            route.reply(),
            route.filters());
    return new Policy(
        policy.api(),
        policy.upstream(),
        policy.credentials(),
        policy.email(),
        policy.emailHeader(),
        policy.organizationHeader(),
        policy.forwardCredentials(),
        policy.importedTokens(),
        policy.issuers(),
        policy.tls(),
        policy.errors(),
        policy.limits(),
        policy.limitHeaders(),
        policy.tokens(),
        policy.assertion(),
        policy.activity(),
        List.of(own),
        policy.roles());
  }

  /** A file that must be sound. */
  static Read read(String yaml) {
    return switch (PolicyReader.read("test.yaml", yaml)) {
      case Read read -> read;
      case Unsound(List<Problem> problems) -> throw new AssertionError(problems.toString());
    };
  }

  /** What is wrong with a file. */
  static List<String> problems(String yaml) {
    return switch (PolicyReader.read("test.yaml", yaml)) {
      case Read read -> List.of();
      case Unsound(List<Problem> problems) -> problems.stream().map(Problem::toString).toList();
    };
  }

  /** The limits that these words are for a route. */
  static Limits routeLimits(String route, String... words) {
    return Limits.of(
        route,
        Stream.of(words)
            .map(Limit::parse)
            .map(limit -> limit.named("route-" + limit.name()))
            .toList());
  }
}
