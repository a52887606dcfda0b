package dev.portcullis.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may stand only once over all files: API names, route ids, a method on a shape of paths, and
 * what an issuer's name stands for.
 */
final class Uniqueness {
  private final Problems problems;
  private final Map<String, Place> seen = new HashMap<>();

  private Uniqueness(Problems problems) {
    this.problems = problems;
  }

  static void check(List<PolicyFile> files, Problems problems) {
    Uniqueness apis = new Uniqueness(problems);
    Uniqueness ids = new Uniqueness(problems);
    Uniqueness requests = new Uniqueness(problems);
    for (PolicyFile file : files) {
      file.api()
          .ifPresent(api -> apis.add(api.value(), api.place(), "the API '" + api.value() + "'"));
      for (Placed<Route> placed : file.routes()) {
        Route route = placed.value();
        boolean alone = true;
        for (String method : route.methods().isEmpty() ? Set.of("*") : route.methods()) {
          alone &=
              requests.add(
                  method + " " + route.path().shape(), placed.place(), method + " on this path");
        }
        if (alone) {
          ids.add(route.id(), placed.place(), "the route id '" + route.id() + "'");
        }
      }
    }
    checkIssuers(files, problems);
  }

  /** The same subject must not have two names, nor two subjects the same. */
  private static void checkIssuers(List<PolicyFile> files, Problems problems) {
    Map<String, Placed<Issuer>> byName = new HashMap<>();
    Map<String, Placed<Issuer>> byIssuer = new HashMap<>();
    for (PolicyFile file : files) {
      for (Placed<Issuer> placed : file.issuers()) {
        Issuer issuer = placed.value();
        Placed<Issuer> namesake = byName.computeIfAbsent(issuer.name(), name -> placed);
        Placed<Issuer> same = byIssuer.computeIfAbsent(issuer.issuer(), text -> placed);
        if (!namesake.value().isOneWith(issuer)) {
          problems.add(
              placed.place(), "this name has another 'issuer' or other 'keys' in " + at(namesake));
        } else if (!same.value().name().equals(issuer.name())) {
          problems.add(placed.place(), "this 'issuer' has another name in " + at(same));
        }
      }
    }
  }

  private static String at(Placed<?> placed) {
    return placed.place().file() + ":" + placed.place().line();
  }

  private boolean add(String key, Place place, String what) {
    Place first = seen.putIfAbsent(key, place);
    if (first != null) {
      problems.add(place, what + " stands already in " + first.file() + ":" + first.line());
    }
    return first == null;
  }
}
