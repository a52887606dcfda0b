package dev.portcullis.gateway.endpoint;

import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.policy.PathVariables;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A request to one of the gateway's own endpoints.
 *
 * @param decision allowed, or open where the route is public
 * @param head of the request
 * @param variables of the route's path
 * @param body as UTF-8; may hold secrets; at most 16 KiB, empty where there is none
 */
public record Call(Decision decision, RequestHead head, PathVariables variables, String body) {
  /**
   * The decision, where the route asks for a bearer token.
   *
   * @throws IllegalStateException where it is public
   */
  public Decision.Allowed allowed() {
    if (decision instanceof Decision.Allowed allowed) {
      return allowed;
    }
    throw new IllegalStateException("nobody was asked for");
  }

  /** As the audit trail names who was let in to ask for this. */
  Author author(Decision.Allowed caller) {
    return new Author(
        caller.principal().id(),
        Optional.of(caller.token().id()),
        head.client().map(InetAddress::getHostAddress));
  }

  @Override
  public String toString() {
    return "Call[" + head.method() + " " + head.path().text() + "]";
  }
}
