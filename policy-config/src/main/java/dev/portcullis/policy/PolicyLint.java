package dev.portcullis.policy;

import dev.portcullis.policy.Element.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is lawful in policy files and yet worth a second look. */
final class PolicyLint {
  private static final RefusalContext SAMPLE = RefusalContext.of("sample");
  private static final Pattern NOT_SHARED =
      Pattern.compile("\\b(no-store|private)\\b", Pattern.CASE_INSENSITIVE);

  private final Problems warnings = new Problems();

  private PolicyLint() {}

  static List<Problem> warnings(List<PolicyFile> files) {
    PolicyLint lint = new PolicyLint();
    files.forEach(lint::check);
    OverlapLint.check(files, lint.warnings);
    return lint.warnings.sorted();
  }

  private void check(PolicyFile file) {
    file.policy()
        .ifPresent(
            policy -> {
              checkCarriers(file);
              checkRoutes(file);
              LimitLint.check(file, warnings);
              IssuerLint.check(file, warnings);
              IdleLint.check(file, policy, warnings);
              checkScopes(file, policy);
              checkAnswers(file, policy.errors());
            });
  }

  private void checkCarriers(PolicyFile file) {
    for (Element carrier : file.root().items("credentials")) {
      if (carrier instanceof Mapping mapping && mapping.field("query").isPresent()) {
        warnings.add(
            carrier.place(), "tokens in a query string end up in logs (RFC 9700, section 4.3.2)");
      }
    }
  }

  private void checkRoutes(PolicyFile file) {
    for (Placed<Route> route : file.routes()) {
      if (route.value().open()) {
        warnings.add(route.place(), "is public: no credentials are asked for");
      }
      if (route.value().shadow()) {
        warnings.add(
            route.place(),
            "is in shadow mode: everybody passes, and would-be refusals are only logged and"
                + " counted");
      }
      if (!route.value().open() && route.value().reply().filter(PolicyLint::isKept).isPresent()) {
        warnings.add(
            route.place(),
            "has a reply that caches may keep, and give to those whom the gateway would refuse");
      }
    }
  }

  /** Whether a cache that others share may keep it (RFC 9111, section 3). */
  private static boolean isKept(Answer reply) {
    return reply.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase("Cache-Control"))
        .noneMatch(header -> NOT_SHARED.matcher(header.value()).find());
  }

  private void checkScopes(PolicyFile file, Policy policy) {
    RoleGrants grants = new RoleGrants(policy.roles().values());
    for (Placed<Route> route : file.routes()) {
      for (ScopeTemplate scope : route.value().scopes()) {
        if (scope.shape().isForGateway()) {
          warnings.add(
              route.place(),
              "requires '" + scope + "', the gateway's own: no role and no '*:*' grants it");
        } else if (!policy.roles().isEmpty() && !grants.couldCover(scope)) {
          warnings.add(route.place(), "requires '" + scope + "', which no role grants");
        }
      }
    }
  }

  private void checkAnswers(PolicyFile file, ErrorProfile profile) {
    Answer unknown = profile.answer(Reason.TOKEN_UNKNOWN, SAMPLE);
    List<String> telling = new ArrayList<>();
    for (Reason reason : Reason.values()) {
      if (reason.bearerError().equals(Reason.TOKEN_UNKNOWN.bearerError())
          && !profile.answer(reason, SAMPLE).equals(unknown)) {
        telling.add(reason.name());
      }
    }
    if (!telling.isEmpty()) {
      Element written =
          file.root().mapping("error-profiles").getOrDefault(profile.name(), file.root());
      warnings.add(
          written.place(),
          "the answers tell "
              + String.join(", ", telling)
              + " from TOKEN_UNKNOWN: whoever guesses tokens learns which ones exist");
    }
  }
}
