package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Outcome;
import java.util.Map;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;

/** What a handler has to say to a request. */
sealed interface Reply {

  /** It was done; {@code body} is written as JSON. */
  record Json(HttpStatus status, Object body, Map<String, String> headers) implements Reply {
    public Json {
      headers = Map.copyOf(headers);
    }
  }

  /** It was done; what there is to say comes piece by piece, each sent at once. */
  record Stream(MediaType type, Flux<byte[]> pieces) implements Reply {}

  /** It was not done, and nothing was changed. */
  record Refused(Problem problem, Subject subject) implements Reply {}

  static Reply ok(Object body) {
    return new Json(HttpStatus.OK, body, Map.of());
  }

  static Reply created(Object body) {
    return new Json(HttpStatus.CREATED, body, Map.of());
  }

  static Reply refused(Problem problem) {
    return new Refused(problem, Subject.NONE);
  }

  /** Members of the body are at fault. */
  static Reply refused(JsonMembers members) {
    return refused(Problem.ofMembers(members.problems()));
  }

  /** Of what became of a request to the registry about {@code what}. */
  static <T> Reply of(String what, Outcome<T> outcome, Function<T, Reply> done) {
    return switch (outcome) {
      case Outcome.Done(T value) -> done.apply(value);
      case Outcome.NotFound<T> _ -> refused(Problem.notFound(what));
      case Outcome.Conflict<T>(String field, String detail) ->
          refused(Problem.ofConflict(new FieldProblem(field, detail)));
      case Outcome.Unavailable<T> _ -> refused(Problem.unavailable());
    };
  }

  /** The same; where it is a refusal, of what the request was about. */
  default Reply about(Subject named) {
    return this instanceof Refused(Problem problem, Subject subject)
        ? new Refused(problem, subject.or(named))
        : this;
  }
}
