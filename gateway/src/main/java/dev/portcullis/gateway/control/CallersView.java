package dev.portcullis.gateway.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.policy.Reach;
import java.util.List;
import java.util.Optional;

/**
 * Who may call a route, in JSON.
 *
 * @param open whether anybody may, and nobody was looked at
 * @param items principals whose scopes cover what the route requires
 * @param examined how many principals were looked at
 * @param next where to go on; {@code null} where all were looked at
 */
record CallersView(
    String route,
    @JsonProperty("public") boolean open,
    List<CallerView> items,
    int examined,
    Optional<String> next) {

  /**
   * One of them, in JSON.
   *
   * @param reach {@code all} or {@code some}
   */
  record CallerView(
      String id, String kind, Optional<String> organization, boolean enabled, String reach) {

    static CallerView of(Principal principal, Reach reach) {
      return new CallerView(
          principal.id(),
          principal.kind().word(),
          principal.organization(),
          principal.enabled(),
          RouteView.word(reach));
    }
  }

  /** Of a route that anybody may call. */
  static CallersView ofAnybody(String route) {
    return new CallersView(route, true, List.of(), 0, Optional.empty());
  }
}
