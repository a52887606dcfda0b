package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Generated policy files: {@code apis} files of {@code routes} routes each, that all want the
 * e-mail and a scope with the path's variable.
 */
record PolicyFiles(int apis, int routes) implements Policies {
  /** Covers each route's scope. */
  static final List<String> SCOPES = List.of("*:read");

  /** One API with one route. */
  static final PolicyFiles ONE_ROUTE = new PolicyFiles(1, 1);

  /** The number of all routes. */
  int total() {
    return apis * routes;
  }

  @Override
  public void write(Path directory, URI upstream) throws IOException {
    for (int api = 0; api < apis; api++) {
      StringBuilder text = new StringBuilder(head(api, upstream));
      for (int route = 0; route < routes; route++) {
        String resource = pattern(api * routes + route);
        text.append(route(resource));
      }
      Files.writeString(directory.resolve("api" + api + ".yaml"), text);
    }
  }

  /** The path pattern of the route of this number. */
  String pattern(int number) {
    return path(number / routes, number % routes) + "/{item}";
  }

  /** The request path of the route of this number, over all files, from 0. */
  String path(int number) {
    return pattern(number).replace("{item}", "42");
  }

  /** Paths of that many routes from the first to the last, or of all where there are fewer. */
  List<String> spread(int paths) {
    int gaps = Math.max(1, Math.min(paths, total()) - 1);
    return IntStream.rangeClosed(0, Math.min(gaps, total() - 1))
        .mapToObj(i -> path((int) ((long) (total() - 1) * i / gaps)))
        .toList();
  }

  private static String head(int api, URI upstream) {
    return """
    api: api%d
    upstream: %s
    credentials: [bearer]
    email: required
    routes:
    """
        .formatted(api, upstream);
  }

  private static String route(String resource) {
    return """
      - match: GET %s
        scopes: ["%s:read"]
    """
        .formatted(resource, resource.substring(1));
  }

  private static String path(int api, int route) {
    return String.format(Locale.ROOT, "/api%d/r%04d", api, route);
  }
}
