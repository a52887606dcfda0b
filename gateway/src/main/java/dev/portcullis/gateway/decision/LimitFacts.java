package dev.portcullis.gateway.decision;

import java.util.stream.Collectors;

/** What limits say of a request, in words for people. */
final class LimitFacts {
  private LimitFacts() {}

  static String of(LimitReport report) {
    if (report.sets().isEmpty()) {
      return "no limit holds";
    }
    String all =
        report.sets().stream()
            .flatMap(set -> set.limits().stream())
            .map(limit -> limit.name() + " (" + limit + ")")
            .collect(Collectors.joining(", ", "counted by ", ""));
    return all
        + report
            .standing()
            .map(it -> "; " + it.remaining() + " left of " + it.limit().name())
            .orElse("")
        + (report.uncounted() ? "; the store is gone, and one lets requests pass then" : "");
  }
}
