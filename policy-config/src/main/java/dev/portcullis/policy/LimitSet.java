package dev.portcullis.policy;

import dev.portcullis.policy.Limit.Mode;
import dev.portcullis.policy.Limit.OnOutage;
import dev.portcullis.policy.Limit.Subject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Limits that are counted together, because they count the same requests: a request is admitted by
 * all of them or counted by none.
 */
public final class LimitSet {
  private final String id;
  private final List<Limit> limits;
  private final String policyItems;

  /** These limits of one scope, which agree in all but their numbers, windows and names. */
  LimitSet(String scope, List<Limit> limits) {
    this.limits = List.copyOf(limits);
    this.id =
        scope
            + "|"
            + per().name().toLowerCase(Locale.ROOT)
            + "|"
            + limits.stream().map(LimitSet::numbers).collect(Collectors.joining(","))
            + (mode() == Mode.LEASED ? "|leased" : "");
    this.policyItems = limits.stream().map(LimitSet::policyItem).collect(Collectors.joining(", "));
  }

  private static String policyItem(Limit limit) {
    return "\""
        + limit.name()
        + "\";q="
        + limit.requests()
        + ";w="
        + limit.window().duration().toSeconds();
  }

  private static String numbers(Limit limit) {
    return limit.requests()
        + "/"
        + limit.window().name().toLowerCase(Locale.ROOT)
        + (limit.burst() == limit.requests() ? "" : "/" + limit.burst());
  }

  /** Where and what it counts: a part of the name of the count in the store. */
  public String id() {
    return id;
  }

  /** At least one, in the order of the file. */
  public List<Limit> limits() {
    return limits;
  }

  /** Their items in {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10). */
  public String policyItems() {
    return policyItems;
  }

  /** Whose requests are counted together. */
  public Subject per() {
    return limits.getFirst().per();
  }

  /** How exactly several gateways count. */
  public Mode mode() {
    return limits.getFirst().mode();
  }

  /** What becomes of requests while they cannot be counted. */
  public OnOutage onOutage() {
    return limits.getFirst().onOutage();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LimitSet set && set.id.equals(id) && set.limits.equals(limits);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}
