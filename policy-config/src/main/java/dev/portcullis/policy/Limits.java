package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The limits of one route, one API or one token. */
public final class Limits {
  /** No limit. */
  public static final Limits NONE = new Limits("", List.of());

  /** The scope of limits that tokens have by themselves. */
  static final String OF_A_TOKEN = "own";

  private static final String OF_THE_GATEWAY = "portcullis:";

  private final List<Limit> written;
  private final List<LimitSet> sets;

  private Limits(String scope, List<Limit> written) {
    this.written = List.copyOf(written);
    this.sets = sets(scope, written);
  }

  /** The limits of a route or an API, which are counted for it alone. */
  static Limits of(String scope, List<Limit> written) {
    return written.isEmpty() ? NONE : new Limits(scope, written);
  }

  /** The limits that a token has by itself, which are counted over all APIs. */
  public static Limits ofToken(List<Limit> written) {
    return of(OF_A_TOKEN, written);
  }

  /** The limits of the gateway's own API, which are counted over all its routes. */
  public static Limits ofGateway(List<Limit> written) {
    return of(OF_THE_GATEWAY, written);
  }

  private static List<LimitSet> sets(String scope, List<Limit> limits) {
    record Kind(Limit.Subject per, Limit.Mode mode, Limit.OnOutage onOutage) {}
    Map<Kind, List<Limit>> kinds = new LinkedHashMap<>();
    for (Limit limit : limits) {
      kinds
          .computeIfAbsent(
              new Kind(limit.per(), limit.mode(), limit.onOutage()), kind -> new ArrayList<>())
          .add(limit);
    }
    return kinds.values().stream().map(together -> new LimitSet(scope, together)).toList();
  }

  /** All of them, in the order of the file. */
  public List<Limit> written() {
    return written;
  }

  /** All of them, by what is counted together. */
  public List<LimitSet> sets() {
    return sets;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return written.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Limits limits
        && limits.written.equals(written)
        && limits.sets.equals(sets);
  }

  @Override
  public int hashCode() {
    return written.hashCode();
  }

  @Override
  public String toString() {
    return written.toString();
  }
}
