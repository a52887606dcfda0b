package dev.portcullis.policy;

import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one document that is a mapping, past whatever is wrong with it. */
final class PolicyFileReader {
  private final Mapping root;
  private final Problems problems;

  PolicyFileReader(Mapping root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  PolicyFile file(int problemsBefore) {
    String api = word("api", "");
    if (api.equals(Policies.RESERVED_API)) {
      problems.add(placeOf("api"), "'" + api + "' is the gateway's own API; choose another name");
    }
    LimitReader limits = new LimitReader(root, problems);
    RouteReader reader = new RouteReader(api, limits, problems);
    List<Placed<Route>> routes = new ArrayList<>();
    for (Element item : root.items("routes")) {
      if (item instanceof Mapping route) {
        reader.read(route).ifPresent(routes::add);
      }
    }
    Optional<URI> upstream =
        root.text("upstream")
            .flatMap(text -> problems.attempt(text.place(), () -> Upstream.parse(text.text())));
    List<CredentialCarrier> carriers = new CarrierReader(problems).read(root.items("credentials"));
    if (root.field("credentials").isEmpty() && routes.stream().anyMatch(r -> !r.value().open())) {
      problems.add(root.place(), "'credentials' is missing and not every route is public");
    }
    String emailHeader = header("email-header").orElse("Email");
    Optional<String> organizationHeader = header("organization-header");
    checkDistinct(carriers, emailHeader, organizationHeader);
    ErrorProfile errors = errors(word("realm", api));
    Map<String, List<Scope>> roles = new RoleReader(problems).read(root);
    List<Placed<Issuer>> issuers = new IssuerReader(problems).read(root);
    TokenRules tokens = new TokenRulesReader(problems).read(root);
    Optional<Policy> policy =
        upstream
            .filter(sound -> problems.count() == problemsBefore)
            .map(
                sound ->
                    new Policy(
                        api,
                        sound,
                        carriers,
                        EmailRule.valueOf(word("email", "optional").toUpperCase(Locale.ROOT)),
                        emailHeader,
                        organizationHeader,
                        root.flag("forward-credentials"),
                        root.flag("imported-tokens"),
                        issuers.stream().map(Placed::value).toList(),
                        TlsRule.valueOf(word("tls", "optional").toUpperCase(Locale.ROOT)),
                        errors,
                        Limits.of(api + ":", limits.ofApi().stream().map(Placed::value).toList()),
                        limitHeaders(word("rate-limit-headers", "standard")),
                        tokens,
                        root.flag("assertion"),
                        ActivityRule.valueOf(word("activity", "none").toUpperCase(Locale.ROOT)),
                        routes.stream().map(Placed::value).toList(),
                        roles));
    return new PolicyFile(
        root.text("api").map(name -> new Placed<>(name.place(), name.text())),
        policy,
        routes,
        limits.all(),
        issuers,
        root);
  }

  private static LimitHeaders limitHeaders(String word) {
    return LimitHeaders.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private String word(String name, String otherwise) {
    return root.text(name).map(Scalar::text).orElse(otherwise);
  }

  private Optional<String> header(String name) {
    Optional<Scalar> written = root.text(name);
    written
        .filter(text -> !HttpSyntax.isToken(text.text()))
        .ifPresent(
            text ->
                problems.add(
                    text.place(), "'" + text.text() + "' is not a header name (RFC 9110, 5.1)"));
    return written.map(Scalar::text);
  }

  private void checkDistinct(
      List<CredentialCarrier> carriers, String email, Optional<String> organization) {
    List<String> names = new ArrayList<>(List.of("authorization"));
    for (CredentialCarrier carrier : carriers) {
      if (carrier instanceof CredentialCarrier.Header(String name, String prefix)) {
        names.add(name.toLowerCase(Locale.ROOT));
      }
    }
    if (names.contains(email.toLowerCase(Locale.ROOT))) {
      problems.add(placeOf("email-header"), "the e-mail and a token cannot share a header");
    }
    names.add(email.toLowerCase(Locale.ROOT));
    if (organization.filter(name -> names.contains(name.toLowerCase(Locale.ROOT))).isPresent()) {
      problems.add(placeOf("organization-header"), "this header has another meaning already");
    }
  }

  private Place placeOf(String field) {
    return root.field(field).orElse(root).place();
  }

  private ErrorProfile errors(String realm) {
    checkRealm(realm);
    Map<String, Optional<ErrorProfile>> profiles = new HashMap<>();
    ProfileReader reader = new ProfileReader(realm, problems);
    root.mapping("error-profiles")
        .forEach(
            (name, element) -> {
              if (element instanceof Mapping profile) {
                profiles.put(name, reader.read(name, profile));
              }
            });
    profiles.put(ErrorProfile.PROBLEM_NAME, Optional.of(ErrorProfile.problem(realm)));
    String chosen = word("errors", ErrorProfile.PROBLEM_NAME);
    if (!profiles.containsKey(chosen)) {
      problems.add(
          placeOf("errors"),
          "there is no error profile '"
              + chosen
              + "'; known are "
              + String.join(", ", profiles.keySet().stream().sorted().toList()));
    }
    return profiles.getOrDefault(chosen, Optional.empty()).orElse(ErrorProfile.PROBLEM);
  }

  private void checkRealm(String realm) {
    if (!HttpSyntax.isFieldValue(realm)) {
      problems.add(placeOf("realm"), "a realm is printable ASCII without spaces around it");
    }
  }
}
