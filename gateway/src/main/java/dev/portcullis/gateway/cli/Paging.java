package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The options of a list, and the list itself: all its pages, as one. */
final class Paging {
  @Option(
      names = "--limit",
      paramLabel = "N|all",
      defaultValue = "50",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  String limit = "50";

  @Option(names = "--cursor", paramLabel = "ID", description = "Those after this one.")
  Optional<String> cursor = Optional.empty();

  /**
   * Shows the list, and gives the exit code.
   *
   * @param row of an item, for people
   */
  int list(
      Surroundings surroundings,
      Connection connection,
      String path,
      Query query,
      Table table,
      UnaryOperator<JsonNode> row) {
    OptionalLong most = most();
    return most.isEmpty()
        ? Complaint.ofUsage(surroundings, "--limit is a number from 1 on, or 'all'")
        : connection.with(
            surroundings,
            client ->
                connection.json
                    ? asJson(surroundings, client, path, query, most.getAsLong())
                    : asTable(surroundings, client, path, query, most.getAsLong(), table, row));
  }

  private OptionalLong most() {
    if (limit.equals("all")) {
      return OptionalLong.of(Long.MAX_VALUE);
    }
    return limit.matches("[1-9][0-9]{0,17}")
        ? OptionalLong.of(Long.parseLong(limit))
        : OptionalLong.empty();
  }

  private int asTable(
      Surroundings surroundings,
      ControlClient client,
      String path,
      Query query,
      long most,
      Table table,
      UnaryOperator<JsonNode> row) {
    return ended(
        surroundings,
        Pages.items(client, path, query, most, cursor, item -> table.add(row.apply(item))),
        last -> {
          table.print();
          Pages.next(last).ifPresent(next -> hint(surroundings, next));
        });
  }

  private int asJson(
      Surroundings surroundings, ControlClient client, String path, Query query, long most) {
    JsonItems items = new JsonItems(surroundings.out());
    return ended(
        surroundings,
        Pages.items(client, path, query, most, cursor, items),
        last -> items.end(last.path("next")));
  }

  private static int ended(Surroundings surroundings, Reply last, Consumer<JsonNode> end) {
    return switch (last) {
      case Reply.Done(JsonNode page) -> {
        end.accept(page);
        yield ExitCode.OK;
      }
      case Reply.Refused refused -> Complaint.about(surroundings, refused);
      case Reply.Unreachable unreachable -> Complaint.about(surroundings, unreachable);
    };
  }

  private static void hint(Surroundings surroundings, String next) {
    surroundings
        .err()
        .println("there are more: add --limit all, or --cursor " + TerminalText.whole(next));
  }

  /** One JSON object, {@code {"items": [...], "next": ...}}, written as its items come. */
  private static final class JsonItems implements Consumer<JsonNode> {
    private final PrintWriter out;
    private String before = "{\"items\":[\n";

    JsonItems(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void accept(JsonNode item) {
      out.print(before);
      out.print(TerminalText.jsonLine(item));
      before = ",\n";
    }

    void end(JsonNode next) {
      out.print(before.startsWith("{") ? before : "\n");
      out.println("],\"next\":" + (next.isString() ? TerminalText.jsonLine(next) : "null") + "}");
      out.flush();
    }
  }
}
