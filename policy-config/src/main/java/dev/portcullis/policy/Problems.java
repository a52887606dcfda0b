package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What was found wrong so far. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(Place place, String message) {
    found.add(place.problem(message));
  }

  void addAll(List<Problem> more) {
    found.addAll(more);
  }

  /** What the reading gives, or a problem at this place with the message of what it throws. */
  <T> Optional<T> attempt(Place place, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (IllegalArgumentException e) {
      add(place, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  int count() {
    return found.size();
  }

  /** All of them, by file and line. */
  List<Problem> sorted() {
    return found.stream()
        .distinct()
        .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
        .toList();
  }
}
