package dev.portcullis.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which entries of the audit trail are wanted. */
final class AuditFilters {
  @Option(names = "--token", paramLabel = "ID", description = "About this token.")
  Optional<String> token = Optional.empty();

  @Option(names = "--principal", paramLabel = "ID", description = "About this principal.")
  Optional<String> principal = Optional.empty();

  @Option(names = "--organization", paramLabel = "NAME", description = "About this tenant.")
  Optional<String> organization = Optional.empty();

  @Option(names = "--actor", paramLabel = "ID", description = "By this operator.")
  Optional<String> actor = Optional.empty();

  @Option(names = "--action", description = "Such as token.create or principal.update.")
  Optional<String> action = Optional.empty();

  @Option(names = "--outcome", description = "done or refused")
  Optional<String> outcome = Optional.empty();

  @Option(names = "--since", paramLabel = "TIME", description = "Such as 2030-01-31T12:00:00Z.")
  Optional<String> since = Optional.empty();

  @Option(names = "--until", paramLabel = "TIME", description = "Such as 2030-01-31T12:00:00Z.")
  Optional<String> until = Optional.empty();

  Query query() {
    return new Query()
        .add("token", token)
        .add("principal", principal)
        .add("organization", organization)
        .add("actor", actor)
        .add("action", action)
        .add("outcome", outcome)
        .add("since", since)
        .add("until", until);
  }
}
