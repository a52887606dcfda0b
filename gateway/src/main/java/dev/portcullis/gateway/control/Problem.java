package dev.portcullis.gateway.control;

import dev.portcullis.policy.WholeSeconds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A refusal, answered as problem details (RFC 9457).
 *
 * @param status of the answer
 * @param detail for people: what is wrong and what would be right
 * @param errors the members of the request at fault, if any
 * @param headers of the answer
 */
record Problem(
    HttpStatus status, String detail, List<FieldProblem> errors, Map<String, String> headers) {

  private static final String CHALLENGE = "Bearer realm=\"portcullis-control\"";

  Problem {
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  static Problem of(HttpStatus status, String detail) {
    return new Problem(status, detail, List.of(), Map.of());
  }

  /** Refused for these reasons. */
  static Problem of(HttpStatus status, List<FieldProblem> errors) {
    return new Problem(status, "see errors; nothing was changed", errors, Map.of());
  }

  /** Some members of a well-formed body are not as they should be. */
  static Problem ofMembers(List<FieldProblem> errors) {
    return of(HttpStatus.UNPROCESSABLE_CONTENT, errors);
  }

  /** Some query parameters are not as they should be. */
  static Problem ofParameters(List<FieldProblem> errors) {
    return of(HttpStatus.BAD_REQUEST, errors);
  }

  /** The state of the store forbids it. */
  static Problem ofConflict(FieldProblem error) {
    return of(HttpStatus.CONFLICT, List.of(error));
  }

  /** There is none, or none that the operator may know of. */
  static Problem notFound(String what) {
    return of(HttpStatus.NOT_FOUND, "there is no such " + what);
  }

  /** No credentials (RFC 6750, section 3.1: a challenge without an error code). */
  static Problem credentialsMissing() {
    return new Problem(
        HttpStatus.UNAUTHORIZED,
        "send 'Authorization: Bearer' with an operator's token",
        List.of(),
        Map.of(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE));
  }

  /** Credentials that are none, or no longer; why is not told. */
  static Problem credentialsRefused() {
    return new Problem(
        HttpStatus.UNAUTHORIZED,
        "this is no operator's token, or no longer",
        List.of(),
        Map.of(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\""));
  }

  /** Too many credentials from where these come from were none (RFC 6585, section 4). */
  static Problem tooManyFailures(Duration wait) {
    long seconds = WholeSeconds.toWait(wait);
    return new Problem(
        HttpStatus.TOO_MANY_REQUESTS,
        "too many tokens from this address were no operator's; try again in " + seconds + " s",
        List.of(),
        Map.of(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
  }

  /** The operator may not do this, whether or not what it is about exists. */
  static Problem forbidden(Permission permission) {
    return new Problem(
        HttpStatus.FORBIDDEN,
        "this needs the scope " + permission.scope(),
        List.of(),
        Map.of(
            HttpHeaders.WWW_AUTHENTICATE,
            CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + permission.scope() + "\""));
  }

  /** The operator lacks what this would put into their hands. */
  static Problem beyond() {
    return of(
        HttpStatus.FORBIDDEN, "this token has scopes of the control plane that you do not have");
  }

  /** The store did not answer; what was asked for may or may not have happened. */
  static Problem unavailable() {
    return unavailable(
        "the store does not answer; look before you ask again, for a write may have happened");
  }

  /** What is needed did not answer. */
  static Problem unavailable(String detail) {
    return new Problem(
        HttpStatus.SERVICE_UNAVAILABLE, detail, List.of(), Map.of(HttpHeaders.RETRY_AFTER, "1"));
  }
}
