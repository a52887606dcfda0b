package dev.portcullis.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One line of a policy: which requests it is for, and what they must show.
 *
 * @param id unique over all policies; a metric label; {@code api:METHOD /pattern}, or {@code
 *     api:id} where the file names one
 * @param methods in upper case; empty for all but {@code TRACE} and {@code CONNECT}. {@code GET}
 *     includes {@code HEAD}
 * @param path the pattern
 * @param open whether no credentials are asked for ({@code public: true})
 * @param shadow whether refusals are only logged and counted, and the request passes without an
 *     identity; never where {@code open}
 * @param scopes all of them are required; empty only where {@code open} or {@code scopes: []} is
 *     written
 * @param limits counted for this route alone; all of them hold, and those of the policy
 * @param cost how many requests one counts for, 0 to 999,999,999; with 0 it is never limited
 * @param reply what the gateway itself answers to an admitted request, status 200 to 299; then
 *     there are no {@code filters}; empty where the upstream answers
 * @param filters stock Spring Cloud Gateway filters in their short form, in order
 */
public record Route(
    String id,
    Set<String> methods,
    PathPattern path,
    boolean open,
    boolean shadow,
    List<ScopeTemplate> scopes,
    Limits limits,
    long cost,
    Optional<Answer> reply,
    List<String> filters) {
  /**
   * Methods that no route is for: the first echoes what the gateway adds, the other has no path.
   */
  static final Set<String> NEVER_ROUTED = Set.of("TRACE", "CONNECT");

  public Route {
    methods = Set.copyOf(methods);
    scopes = List.copyOf(scopes);
    filters = List.copyOf(filters);
  }

  /** Whether this route is for requests with this method (RFC 9110: names are case-sensitive). */
  public boolean allows(String method) {
    return (methods.isEmpty() && !NEVER_ROUTED.contains(method))
        || methods.contains(method)
        || (method.equals("HEAD") && methods.contains("GET"));
  }
}
