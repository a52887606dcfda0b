package dev.portcullis.gateway.endpoint;

import static java.util.stream.Collectors.joining;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.gateway.registry.Change;
import dev.portcullis.gateway.registry.Commit;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.ParameterReader;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.Principal;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
  private static final int SEGMENTS_BEFORE = 2;

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
        IntStream.rangeClosed(1, depth).mapToObj("/{name%d}"::formatted).collect(joining());
    return new OwnRoute(
        "GET", PATH + name, false, List.of("portcullis/parameters" + name + ":read"), this);
  }

  @Override
  public CompletionStage<Reply> answer(Call call) {
    Decision.Allowed allowed = call.allowed();
    List<String> segments = call.head().path().segments();
    String name = "/" + String.join("/", segments.subList(SEGMENTS_BEFORE, segments.size()));
    Optional<String> organization = allowed.principal().organization();
    return parameters
        .read(organization, name)
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case Outcome.Done<ParameterReader.Found>(ParameterReader.Found found) ->
                      noted(found, allowed, call.head());
                  case Outcome.NotFound<ParameterReader.Found> _ ->
                      done(problem(404, "Not Found", "there is no such parameter"));
                  case Outcome.Conflict<ParameterReader.Found> _ ->
                      done(problem(503, "Service Unavailable", "the parameter cannot be read"));
                  case Outcome.Unavailable<ParameterReader.Found> _ -> done(unavailable());
                });
  }

  private CompletionStage<Reply> noted(
      ParameterReader.Found found, Decision.Allowed allowed, RequestHead head) {
    Principal principal = allowed.principal();
    AuditEntry entry =
        new AuditEntry(
            clock.instant(),
            new Author(
                principal.id(),
                Optional.of(allowed.token().id()),
                head.client().map(InetAddress::getHostAddress)),
            AuditAction.PARAMETER_READ,
            false,
            Optional.empty(),
            principal.organization(),
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
                    : unavailable());
  }

  private static Reply unavailable() {
    return problem(503, "Service Unavailable", "the store does not answer");
  }

  private static Reply problem(int status, String title, String detail) {
    Map<String, String> type = Map.of("Content-Type", "application/problem+json");
    return new Reply(
        status,
        status == 503
            ? Map.of("Content-Type", "application/problem+json", "Retry-After", "1")
            : type,
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(title, status, detail));
  }

  private static CompletionStage<Reply> done(Reply reply) {
    return CompletableFuture.completedStage(reply);
  }
}
