package dev.portcullis.policy;

import java.util.List;
import java.util.Map;

/**
 * All policies in force, read together and swapped together.
 *
 * @param generation 1 for the first that was read, one more at every swap
 * @param list sorted by API name
 * @param index over all their routes, and the gateway's own where it has them
 */
public record Policies(long generation, List<Policy> list, RouteIndex index) {
  /** The name of the gateway's own API, which can be no file's. */
  public static final String RESERVED_API = "portcullis";

  /** The first path segment that belongs to the gateway itself and can be no route's. */
  public static final String RESERVED_SEGMENT = ".portcullis";

  public Policies {
    list = List.copyOf(list);
  }

  /** The policies with an index of their routes. */
  public static Policies of(long generation, List<Policy> list) {
    return new Policies(generation, list, new RouteIndex(list));
  }

  /** The same with the gateway's own routes in the index, which are in no file. */
  public Policies withOwn(List<Policy> own) {
    return new Policies(generation, list, index.withOwn(own));
  }

  /** For each API, its roles and the scopes each stands for. */
  public List<Map<String, List<Scope>>> rolesPerApi() {
    return list.stream().map(Policy::roles).toList();
  }

  /**
   * What refusals look like of requests that no route is for: as with the only API, or problem
   * details where there are several and nobody can tell which was meant.
   */
  public ErrorProfile unrouted() {
    return list.size() == 1 ? list.getFirst().errors() : ErrorProfile.PROBLEM;
  }

  /** Whether the gateway keeps this path for itself. */
  public static boolean isReserved(CanonicalPath path) {
    return path.segments().getFirst().equals(RESERVED_SEGMENT);
  }
}
