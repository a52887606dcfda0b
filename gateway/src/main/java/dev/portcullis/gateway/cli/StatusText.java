package dev.portcullis.gateway.cli;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the gateway is, for people: the state first, then what is wrong, then the numbers. */
final class StatusText {
  private final Surroundings surroundings;
  private final JsonNode status;

  private StatusText(Surroundings surroundings, JsonNode status) {
    this.surroundings = surroundings;
    this.status = status;
  }

  static void show(Surroundings surroundings, JsonNode status) {
    StatusText text = new StatusText(surroundings, status);
    text.state();
    text.parts();
    text.policies();
    text.store();
    text.numbers();
    surroundings.out().flush();
  }

  private void state() {
    surroundings
        .out()
        .printf(
            "%s for %s; version %s, up for %s%n%n",
            text("state"), span("since"), text("version"), span("startedAt"));
  }

  private void parts() {
    Table table = new Table(surroundings, "part", "state", "for", "detail");
    for (JsonNode part : status.path("parts")) {
      ObjectNode row = ControlClient.JSON.createObjectNode();
      row.set("part", part.path("name"));
      row.set("state", part.path("state"));
      row.put("for", Span.between(part.path("since"), status.path("now")));
      row.set("detail", part.path("detail"));
      table.add(row);
    }
    table.print();
  }

  private void policies() {
    JsonNode policies = status.path("policies");
    if (!policies.isObject()) {
      return;
    }
    JsonNode problem = policies.path("lastProblem");
    if (problem.isObject()) {
      surroundings.out().println("\nThe last change of the policies is not in force:");
      problem
          .path("problems")
          .forEach(each -> surroundings.out().println("  " + TerminalText.of(each)));
      if (problem.path("more").asInt(0) > 0) {
        surroundings.out().println("  and " + TerminalText.of(problem.path("more")) + " more");
      }
    }
    surroundings.out().println();
    line(
        "policies",
        counted(policies.path("apis"), "API")
            + ", "
            + counted(policies.path("routes"), "route")
            + ", generation "
            + TerminalText.of(policies.path("generation")));
  }

  private void store() {
    JsonNode store = status.path("store");
    if (store.isObject()) {
      JsonNode lag = store.path("lagMillis");
      line(
          "store",
          (lag.isNumber() ? "lag " + TerminalText.of(lag) + " ms" : "lag not known")
              + ", "
              + counted(store.path("unanswered"), "read")
              + " unanswered");
    }
  }

  private void numbers() {
    numbers("decisions", status.path("decisions"));
    numbers("tokens", status.path("tokens"));
    for (JsonNode cache : status.path("caches")) {
      if (cache instanceof ObjectNode object) {
        numbers("cache", object.deepCopy().without("name"), TerminalText.of(cache.path("name")));
      }
    }
    if (status.path("connections").isNumber()) {
      line("connections", text("connections"));
    }
  }

  private void numbers(String label, JsonNode numbers) {
    if (numbers.isObject()) {
      line(label, numbers.isEmpty() ? "none yet" : listed(numbers));
    }
  }

  private void numbers(String label, JsonNode numbers, String of) {
    line(label, of + ": " + listed(numbers));
  }

  private static String listed(JsonNode numbers) {
    return numbers
        .propertyStream()
        .map(each -> TerminalText.whole(each.getKey()) + " " + TerminalText.of(each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String counted(JsonNode number, String noun) {
    return TerminalText.of(number) + " " + noun + (number.asLong(0) == 1 ? "" : "s");
  }

  private void line(String label, String value) {
    surroundings.out().printf("%-12s %s%n", label, value);
  }

  private String text(String member) {
    return TerminalText.of(status.path(member));
  }

  private String span(String member) {
    return Span.between(status.path(member), status.path("now"));
  }
}
