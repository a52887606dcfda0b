package dev.portcullis.gateway.endpoint;

import static java.util.stream.Collectors.joining;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.registry.Change;
import dev.portcullis.gateway.registry.Commit;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.ParameterReader;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.policy.PathVariables;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Hands an access key out of the gateway's own parameter store to a program of its organization,
 * and never without an entry in the audit trail.
 */
public final class ParameterFetch implements Endpoint {
  /** How many parts a name has at most. */
  public static final int DEEPEST = 15;

  private static final String PATH = "/.portcullis/parameters";
  private static final String VARIABLE = "name";
  private static final String SILENT = "the store does not answer";

  private final ParameterReader parameters;
  private final TokenRegistry registry;
  private final InstantSource clock;

  /** Hands out these, and has this registry keep the entries. */
  public ParameterFetch(ParameterReader parameters, TokenRegistry registry, InstantSource clock) {
    this.parameters = parameters;
    this.registry = registry;
    this.clock = clock;
  }

  /** The route of names this deep, each of its own so that the chain itself checks the scope. */
  public OwnRoute route(int depth) {
    String name =
        IntStream.rangeClosed(1, depth)
            .mapToObj(part -> "/{" + VARIABLE + part + "}")
            .collect(joining());
    return new OwnRoute(
        "GET",
        PATH + name,
        OwnRoute.Access.TOKEN,
        List.of("portcullis/parameters" + name + ":read"),
        this);
  }

  @Override
  public CompletionStage<Reply> answer(Call call) {
    Optional<String> organization = call.allowed().principal().organization();
    return parameters
        .read(organization, name(call.variables()))
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case Outcome.Done<ParameterReader.Found>(ParameterReader.Found found) ->
                      noted(found, call);
                  case Outcome.NotFound<ParameterReader.Found> _ -> Callers.done(notFound());
                  case Outcome.Conflict<ParameterReader.Found> _ ->
                      Callers.done(unavailable("the parameter cannot be read"));
                  case Outcome.Unavailable<ParameterReader.Found> _ ->
                      Callers.done(unavailable(SILENT));
                });
  }

  private static String name(PathVariables variables) {
    return IntStream.rangeClosed(1, variables.values().size())
        .mapToObj(part -> "/" + variables.get(VARIABLE + part))
        .collect(joining());
  }

  private CompletionStage<Reply> noted(ParameterReader.Found found, Call call) {
    AuditEntry entry =
        new AuditEntry(
            clock.instant(),
            call.author(call.allowed()),
            AuditAction.PARAMETER_READ,
            false,
            Optional.empty(),
            call.allowed().principal().organization(),
            Optional.of(found.parameter().token()),
            Map.of(),
            Map.of(),
            found.parameter().name());
    return registry
        .commit(new Change(List.of(), List.of(entry)))
        .thenApply(
            commit ->
                commit instanceof Commit.Done
                    ? new Reply(
                        200, Map.of("Content-Type", "application/json"), found.value().reveal())
                    : unavailable(SILENT));
  }

  private static Reply notFound() {
    return Json.problem(404, "Not Found", "there is no such parameter", Map.of());
  }

  private static Reply unavailable(String detail) {
    return Json.problem(503, "Service Unavailable", detail, Map.of("Retry-After", "1"));
  }
}
