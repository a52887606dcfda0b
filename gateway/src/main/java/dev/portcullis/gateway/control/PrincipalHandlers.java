package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Page;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.registry.Registrar;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers what operators ask about principals. */
final class PrincipalHandlers {
  private static final String WHAT = "principal";
  private static final Set<String> LIST_PARAMETERS = Set.of("cursor", "limit");

  private final Registrar registrar;
  private final VisiblePrincipals principals;

  PrincipalHandlers(Registrar registrar, VisiblePrincipals principals) {
    this.registrar = registrar;
    this.principals = principals;
  }

  Mono<ServerResponse> create(Operator operator, ServerRequest request) {
    return RequestBody.of(request)
        .flatMap(
            body ->
                switch (body) {
                  case RequestBody.Refused(Problem problem) -> Answers.problem(problem);
                  case RequestBody.Members(JsonMembers members) -> create(operator, members);
                });
  }

  private Mono<ServerResponse> create(Operator operator, JsonMembers members) {
    Principal principal = NewPrincipal.read(members, operator);
    List<FieldProblem> problems = members.problems();
    if (!problems.isEmpty()) {
      return Answers.problem(Problem.ofMembers(problems));
    }
    return Mono.fromCompletionStage(() -> registrar.principals().create(principal, operator.author()))
        .flatMap(outcome -> Answers.outcome(WHAT, outcome, done -> json(HttpStatus.CREATED, done)));
  }

  Mono<ServerResponse> show(Operator operator, ServerRequest request) {
    return principals
        .find(operator, request.pathVariable("id"))
        .flatMap(outcome -> Answers.outcome(WHAT, outcome, done -> json(HttpStatus.OK, done)));
  }

  private static Mono<ServerResponse> json(HttpStatus status, Principal principal) {
    return Answers.json(status, PrincipalView.of(principal));
  }

  Mono<ServerResponse> list(Operator operator, ServerRequest request) {
    PageQuery query = new PageQuery(request.queryParams(), LIST_PARAMETERS);
    Optional<String> cursor = query.id("cursor");
    int limit = query.limit();
    if (!query.problems().isEmpty()) {
      return Answers.problem(Problem.ofParameters(query.problems()));
    }
    return Mono.fromCompletionStage(
            () -> registrar.registry().principals(operator.organization(), cursor, limit))
        .flatMap(outcome -> Answers.outcome(WHAT, outcome, PrincipalHandlers::json));
  }

  private static Mono<ServerResponse> json(Page<Principal> page) {
    List<PrincipalView> items = page.items().stream().map(PrincipalView::of).toList();
    return Answers.json(HttpStatus.OK, new ListView<>(items, page.next()));
  }
}
