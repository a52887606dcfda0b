package dev.portcullis.gateway.audit;

import java.util.Optional;
import java.util.stream.Stream;

/** What was done, or asked for. Reads stand in the trail only where they were refused. */
public enum AuditAction {
  PRINCIPAL_CREATE("principal.create"),
  PRINCIPAL_READ("principal.read"),
  PRINCIPAL_UPDATE("principal.update"),
  PRINCIPAL_DELETE("principal.delete"),
  TOKEN_CREATE("token.create"),
  TOKEN_READ("token.read"),
  TOKEN_UPDATE("token.update"),
  TOKEN_RENEW("token.renew"),
  TOKEN_REGENERATE("token.regenerate"),
  TOKEN_REVOKE("token.revoke"),
  TOKEN_IMPORT("token.import"),
  SESSION_CREATE("session.create"),
  SESSION_REVOKE("session.revoke"),
  /** A secret was fetched from the gateway's own parameter store. */
  PARAMETER_READ("parameter.read"),
  AUDIT_READ("audit.read"),
  /** Entries older than the retention were removed. */
  AUDIT_TRIM("audit.trim"),
  REQUEST_EXPLAIN("request.explain"),
  STATUS_READ("status.read"),
  ROUTE_READ("route.read"),
  DESCRIPTION_READ("description.read"),
  /** A request that the data plane admitted, where the policy wants it told of. */
  REQUEST("request");

  private final String word;

  AuditAction(String word) {
    this.word = word;
  }

  /** The word in JSON and in the store. */
  public String word() {
    return word;
  }

  /** The action with this word. */
  public static Optional<AuditAction> of(String word) {
    return Stream.of(values()).filter(action -> action.word.equals(word)).findFirst();
  }
}
