package dev.portcullis.gateway.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portcullis audit ...}: who changed what, and when. */
@Command(
    name = "audit",
    description = "The audit trail: who did what, to which token, and when.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class AuditCommands {
  private static final String PATH = "/v1/audit";

  private final Surroundings surroundings;

  AuditCommands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(description = "Lists entries.", mixinStandardHelpOptions = true)
  int list(@Mixin Connection connection, @Mixin Paging paging, @Mixin AuditFilters filters) {
    Table table =
        new Table(
            surroundings,
            "id",
            "at",
            "actor",
            "action",
            "outcome",
            "principal",
            "token",
            "address",
            "detail");
    return paging.list(
        surroundings, connection, PATH, filters.query(), table, UnaryOperator.identity());
  }

  @Command(
      description = "Shows entries as they are made, until you stop it with Ctrl-C.",
      mixinStandardHelpOptions = true)
  int follow(@Mixin Connection connection, @Mixin AuditFilters filters) {
    return connection.with(
        surroundings,
        client ->
            new AuditFollower(surroundings, connection.json)
                .follow(client, PATH + filters.query()));
  }

  @Command(
      description = "Writes all entries as JSON lines, to a new file that only you may read.",
      mixinStandardHelpOptions = true)
  int export(
      @Mixin Connection connection,
      @Mixin AuditFilters filters,
      @Mixin Progress.Quiet quiet,
      @Parameters(
              paramLabel = "FILE",
              arity = "0..1",
              description = "Default: the standard output.")
          Optional<Path> file) {
    return connection.with(
        surroundings,
        client -> {
          try (Progress progress = quiet.start(surroundings, "exporting", 0)) {
            return new AuditExport(surroundings, progress)
                .export(client, PATH + filters.query(), file);
          }
        });
  }

  @Command(
      description = "Checks that no entry was changed or removed. Exit code 1 when one was.",
      mixinStandardHelpOptions = true)
  int verify(@Mixin Connection connection, @Mixin Progress.Quiet quiet) {
    return connection.with(
        surroundings,
        client -> {
          try (Progress progress = quiet.start(surroundings, "verifying", 0)) {
            return new AuditVerification(surroundings, progress, connection.json)
                .verify(client, PATH + "/verify");
          }
        });
  }
}
