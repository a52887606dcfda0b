package dev.portcullis.policy;

import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the routes of one file. */
final class RouteReader {
  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z0-9-]{0,31}");

  private static final Pattern FILTER =
      Pattern.compile("[A-Za-z][A-Za-z0-9]*(=.*)?", Pattern.DOTALL);

  private final Problems problems;
  private final String api;
  private final LimitReader limits;
  private final ReplyReader replies;

  RouteReader(String api, LimitReader limits, Problems problems) {
    this.api = api;
    this.limits = limits;
    this.problems = problems;
    this.replies = new ReplyReader(problems);
  }

  /** What a route's {@code match} says. */
  private record Match(Set<String> methods, String written, PathPattern path) {
    String id() {
      return (methods.isEmpty() ? "*" : String.join(",", methods)) + " " + written;
    }
  }

  /** Reads one route; empty where its match is not sound. */
  Optional<Placed<Route>> read(Mapping route) {
    Optional<Match> match =
        route
            .text("match")
            .flatMap(written -> problems.attempt(written.place(), () -> match(written.text())));
    boolean open = route.flag("public");
    boolean shadow = route.flag("shadow");
    checkProtection(route, open);
    if (open && shadow) {
      problems.add(route.place(), "is public, so there is nothing that 'shadow' could let pass");
    }
    List<ScopeTemplate> scopes = scopes(route, match);
    List<Placed<Limit>> own = limits.ofRoute(route, open);
    long cost = limits.cost(route, open, own);
    Optional<Answer> reply = replies.read(route);
    List<String> filters = filters(route);
    return match.map(
        found -> {
          String id = route.text("id").map(Scalar::text).orElseGet(found::id);
          return new Placed<>(
              route.place(),
              new Route(
                  api + ":" + id,
                  found.methods,
                  found.path,
                  open,
                  shadow,
                  scopes,
                  Limits.of(api + ":" + id, own.stream().map(Placed::value).toList()),
                  cost,
                  reply,
                  filters));
        });
  }

  private static Match match(String written) {
    int slash = written.indexOf('/');
    if (slash < 1 || written.charAt(slash - 1) != ' ') {
      throw new IllegalArgumentException(
          "'" + written + "' is not METHOD[,METHOD] /path or * /path");
    }
    PathPattern path = PathPattern.parse(written.substring(slash));
    if (path.segments().getFirst().equals(new PathPattern.Literal(Policies.RESERVED_SEGMENT))) {
      throw new IllegalArgumentException(
          "'/" + Policies.RESERVED_SEGMENT + "' belongs to the gateway and cannot be a route");
    }
    return new Match(methods(written.substring(0, slash).strip()), written.substring(slash), path);
  }

  private static Set<String> methods(String written) {
    Set<String> methods = new TreeSet<>();
    if (written.equals("*")) {
      return methods;
    }
    for (String method : written.split(",", -1)) {
      if (!METHOD.matcher(method.strip()).matches()) {
        throw new IllegalArgumentException(
            "'" + method.strip() + "' is not a method; methods are written in upper case");
      }
      if (Route.NEVER_ROUTED.contains(method.strip())) {
        throw new IllegalArgumentException(method.strip() + " is never routed");
      }
      methods.add(method.strip());
    }
    return methods;
  }

  private void checkProtection(Mapping route, boolean open) {
    boolean scoped = route.field("scopes").isPresent();
    if (!open && !scoped) {
      problems.add(
          route.place(),
          "says neither 'scopes' nor 'public: true'; 'scopes: []' admits any valid token");
    } else if (open && scoped) {
      problems.add(route.place(), "is public, so nothing can require its 'scopes'");
    }
  }

  private List<ScopeTemplate> scopes(Mapping route, Optional<Match> match) {
    List<ScopeTemplate> scopes = new ArrayList<>();
    for (Element item : route.items("scopes")) {
      Optional<ScopeTemplate> scope =
          item.asText()
              .flatMap(
                  text -> problems.attempt(text.place(), () -> ScopeTemplate.parse(text.text())));
      scope.ifPresent(scopes::add);
      Set<String> unknown = new HashSet<>(scope.map(ScopeTemplate::variables).orElse(List.of()));
      match.map(found -> found.path.variables()).ifPresent(unknown::removeAll);
      if (match.isPresent() && !unknown.isEmpty()) {
        problems.add(
            item.place(), "the path has no variable " + String.join(", ", new TreeSet<>(unknown)));
      }
    }
    return scopes;
  }

  private List<String> filters(Mapping route) {
    List<String> filters = new ArrayList<>();
    for (Element item : route.items("filters")) {
      item.asText()
          .ifPresent(
              filter -> {
                if (!FILTER.matcher(filter.text()).matches()) {
                  problems.add(
                      item.place(), "'" + filter.text() + "' is not Name or Name=arguments");
                }
                filters.add(filter.text());
              });
    }
    return filters;
  }
}
