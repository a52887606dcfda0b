package dev.portcullis.policy;

import dev.portcullis.policy.Element.Kind;
import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import dev.portcullis.policy.Element.Sequence;
import dev.portcullis.policy.Limit.OnOutage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the limits of one file: those of the API, which hold on all its routes, and each route's.
 */
final class LimitReader {
  private static final Pattern ZERO = Pattern.compile("0+ per .*");

  /** From 0 to 999,999,999; the schema reports what is outside. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Problems problems;
  private final List<Placed<Limit>> all = new ArrayList<>();
  private final List<Placed<Limit>> ofApi;

  LimitReader(Mapping root, Problems problems) {
    this.problems = problems;
    this.ofApi = read(root, "api-");
  }

  /** All that were read so far. */
  List<Placed<Limit>> all() {
    return all;
  }

  /** Those of the API. */
  List<Placed<Limit>> ofApi() {
    return ofApi;
  }

  /** Those of one route by itself. */
  List<Placed<Limit>> ofRoute(Mapping route, boolean open) {
    List<Placed<Limit>> own = read(route, "route-");
    for (Placed<Limit> limit : own) {
      if (open && limit.value().per().needsToken()) {
        problems.add(limit.place(), "is public: only 'per address' and 'per api' can count");
      }
      holding(open).forEach(other -> checkNames(limit, other));
    }
    return own;
  }

  /** What a request on a route with these limits of its own counts for; 1 where it says nothing. */
  long cost(Mapping route, boolean open, List<Placed<Limit>> own) {
    long cost = number(route, "cost").orElse(1L);
    List<Placed<Limit>> holding = new ArrayList<>(holding(open));
    holding.addAll(own);
    for (Placed<Limit> limit : holding) {
      if (cost > limit.value().atOnce()) {
        problems.add(
            route.field("cost").orElse(route).place(),
            "a request that costs "
                + cost
                + " can never pass: "
                + where(limit)
                + " admits no more than "
                + limit.value().atOnce()
                + " at once");
      }
    }
    return cost;
  }

  /** Those of the API that hold on a route: without credentials nobody's tokens are counted. */
  private List<Placed<Limit>> holding(boolean open) {
    return ofApi.stream().filter(limit -> !open || !limit.value().per().needsToken()).toList();
  }

  private List<Placed<Limit>> read(Mapping from, String prefix) {
    List<Placed<Limit>> limits = new ArrayList<>();
    for (Element item : written(from)) {
      limit(item, prefix)
          .map(limit -> new Placed<>(item.place(), limit))
          .ifPresent(
              limit -> {
                limits.forEach(other -> checkDistinct(limit, other));
                limits.add(limit);
              });
    }
    all.addAll(limits);
    return limits;
  }

  private static List<Element> written(Mapping from) {
    List<Element> written = new ArrayList<>();
    from.fields()
        .forEach(
            (name, element) -> {
              if (name.equals("limit")) {
                written.add(element);
              } else if (name.equals("limits") && element instanceof Sequence limits) {
                written.addAll(limits.items());
              }
            });
    return written;
  }

  private Optional<Limit> limit(Element item, String prefix) {
    Optional<Scalar> words =
        item instanceof Mapping mapping ? mapping.text("limit") : item.asText();
    Optional<Limit> limit =
        words
            .flatMap(text -> problems.attempt(text.place(), () -> parse(text.text())))
            .map(parsed -> parsed.named(prefix + parsed.name()));
    return item instanceof Mapping mapping ? limit.map(parsed -> refined(parsed, mapping)) : limit;
  }

  private static Limit parse(String text) {
    if (ZERO.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "': 0 is no limit; leave the limit out to admit all, the route to refuse all");
    }
    return Limit.parse(text);
  }

  private Limit refined(Limit limit, Mapping by) {
    Limit refined = by.text("name").map(name -> limit.named(name.text())).orElse(limit);
    if (refined.name().startsWith(Limits.OF_A_TOKEN + "-")) {
      problems.add(
          by.field("name").orElse(by).place(),
          "names that begin with 'own-' are those of limits that tokens have by themselves");
    }
    Optional<Long> burst = number(by, "burst");
    if (burst.isPresent() && limit.window().isQuota()) {
      problems.add(
          by.field("burst").orElse(by).place(),
          "a quota has no burst: all of it may be used at once");
    }
    refined = refined.bursting(burst.filter(most -> most > 0).orElse(limit.burst()));
    return by.text("on-outage").filter(word -> word.text().equals("allow")).isPresent()
        ? refined.onOutage(OnOutage.ALLOW)
        : refined;
  }

  private static Optional<Long> number(Mapping from, String name) {
    return from.field(name)
        .filter(
            element ->
                element instanceof Scalar(Place place, Kind kind, String text)
                    && kind == Kind.INTEGER
                    && NUMBER.matcher(text).matches())
        .map(element -> Long.valueOf(((Scalar) element).text()));
  }

  private void checkDistinct(Placed<Limit> limit, Placed<Limit> other) {
    if (limit.value().per() == other.value().per()
        && limit.value().window() == other.value().window()) {
      problems.add(
          limit.place(),
          "counts the same requests in the same window as " + where(other) + "; keep one of them");
    } else {
      checkNames(limit, other);
    }
  }

  private void checkNames(Placed<Limit> limit, Placed<Limit> other) {
    if (limit.value().name().equals(other.value().name())) {
      problems.add(
          limit.place(),
          "clients could not tell it from "
              + where(other)
              + ": both are called '"
              + limit.value().name()
              + "'");
    }
  }

  private static String where(Placed<Limit> limit) {
    return "'" + limit.value() + "' in line " + limit.place().line();
  }
}
