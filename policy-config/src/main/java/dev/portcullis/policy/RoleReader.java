package dev.portcullis.policy;

import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import dev.portcullis.policy.Element.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what the roles of one file stand for. */
final class RoleReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final Problems problems;

  RoleReader(Problems problems) {
    this.problems = problems;
  }

  Map<String, List<Scope>> read(Mapping root) {
    Map<String, List<Scope>> roles = new HashMap<>();
    root.mapping("roles")
        .forEach(
            (name, element) -> {
              if (!NAME.matcher(name).matches()) {
                problems.add(
                    element.place(), "a role's name has letters, digits, '.', '_' and '-'");
              }
              roles.put(name, scopes(element));
            });
    return roles;
  }

  private List<Scope> scopes(Element role) {
    List<Scope> scopes = new ArrayList<>();
    List<Element> items = role instanceof Sequence sequence ? sequence.items() : List.of();
    for (Element item : items) {
      item.asText()
          .flatMap(text -> problems.attempt(text.place(), () -> granted(text)))
          .ifPresent(scopes::add);
    }
    return scopes;
  }

  private static Scope granted(Scalar written) {
    String text = written.text();
    if (text.startsWith(GrantedScopes.ROLE)) {
      throw new IllegalArgumentException("'" + text + "': a role holds scopes, not roles");
    }
    Scope scope = Scope.parse(text);
    if (scope.isForGateway()) {
      throw new IllegalArgumentException(
          "'" + text + "': the gateway knows no roles, so its own scopes are granted one by one");
    }
    return scope;
  }
}
