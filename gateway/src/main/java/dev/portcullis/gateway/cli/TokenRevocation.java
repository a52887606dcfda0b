package dev.portcullis.gateway.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code portcullis token revoke}: one token, or all that match. */
@Command(
    name = "revoke",
    description = {
      "Ends a token, everywhere, for good; or all tokens that match.",
      "You are asked before more than one is revoked; where nobody can be asked, say --yes."
    },
    mixinStandardHelpOptions = true)
final class TokenRevocation implements Callable<Integer> {
  private static final long MOST_COUNTED = 10_000;

  private final Surroundings surroundings;
  @Mixin private final Connection connection = new Connection();
  @Mixin private final TokenFilters filters = new TokenFilters();
  @Mixin private final Progress.Quiet quiet = new Progress.Quiet();

  @Parameters(paramLabel = "ID", arity = "0..1", description = "One token.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "For the audit trail.")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  TokenRevocation(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (id.isPresent() != filters.isEmpty()) {
      return Complaint.ofUsage(
          surroundings, "name one token, or say which with --principal, --older-than and so on");
    }
    if (id.isPresent()) {
      ObjectNode body = withReason(ControlClient.JSON.createObjectNode());
      String path = TokenCommands.path(id.get()) + "/revoke";
      return connection.converse(
          surroundings, client -> client.post(path, body), TokenTable::showOne);
    }
    if (!yes && !surroundings.terminal().canAsk()) {
      return Complaint.ofUsage(
          surroundings, "nobody is here to be asked: say --yes to revoke them");
    }
    return connection.with(surroundings, this::revokeAll);
  }

  private int revokeAll(ControlClient client) {
    if (!yes) {
      AtomicLong count = new AtomicLong();
      Reply counted = count(client, count);
      if (!(counted instanceof Reply.Done)) {
        return connection.show(surroundings, counted, (_, _) -> {});
      }
      if (!agreed(count.get())) {
        surroundings.err().println("nothing was revoked");
        return count.get() == 0 ? ExitCode.OK : ExitCode.REFUSED;
      }
    }
    Reply reply;
    try (Progress _ = quiet.start(surroundings, "revoking", 0)) {
      reply = client.postBulk(TokenCommands.PATH + "/revoke", withReason(filters.body()));
    }
    return connection.show(surroundings, reply, TokenRevocation::showCount);
  }

  private Reply count(ControlClient client, AtomicLong count) {
    try (Progress progress = quiet.start(surroundings, "counting", 0)) {
      return Pages.items(
          client,
          TokenCommands.PATH,
          filters.query(),
          MOST_COUNTED,
          Optional.empty(),
          token -> {
            if (!token.path("status").asString("").equals("revoked")) {
              count.incrementAndGet();
              progress.advance(1);
            }
          });
    }
  }

  private boolean agreed(long count) {
    if (count == 0) {
      return false;
    }
    String many = count >= MOST_COUNTED ? "at least " + count : Long.toString(count);
    return surroundings
        .terminal()
        .ask("Revoke " + many + (count == 1 ? " token" : " tokens") + "? [y/N] ")
        .filter(answer -> answer.strip().matches("(?i)y|yes"))
        .isPresent();
  }

  private ObjectNode withReason(ObjectNode body) {
    reason.ifPresent(text -> body.put("reason", text));
    return body;
  }

  /** How many tokens were revoked. */
  static void showCount(Surroundings surroundings, JsonNode answer) {
    surroundings.out().println("revoked: " + TerminalText.of(answer.path("revoked")));
  }
}
