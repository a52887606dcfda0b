package dev.portcullis.policy;

import java.util.List;

/**
 * All policies in force, read together and swapped together.
 *
 * @param generation 1 for the first that was read, one more at every swap
 * @param list sorted by API name
 * @param index over all their routes
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

  /** Whether the gateway keeps this path for itself. */
  public static boolean isReserved(CanonicalPath path) {
    return path.segments().getFirst().equals(RESERVED_SEGMENT);
  }
}
