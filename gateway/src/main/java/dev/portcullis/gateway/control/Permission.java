package dev.portcullis.gateway.control;

import dev.portcullis.policy.Scope;

/** What an operator may be allowed to do here. */
enum Permission {
  PRINCIPALS_CREATE("portcullis/principals:create"),
  PRINCIPALS_READ("portcullis/principals:read"),
  PRINCIPALS_UPDATE("portcullis/principals:update"),
  PRINCIPALS_DELETE("portcullis/principals:delete"),
  TOKENS_CREATE("portcullis/tokens:create"),
  TOKENS_READ("portcullis/tokens:read"),
  TOKENS_UPDATE("portcullis/tokens:update"),
  TOKENS_RENEW("portcullis/tokens:renew"),
  TOKENS_REGENERATE("portcullis/tokens:regenerate"),
  TOKENS_REVOKE("portcullis/tokens:revoke"),
  TOKENS_IMPORT("portcullis/tokens:import"),
  AUDIT_READ("portcullis/audit:read"),
  REQUESTS_EXPLAIN("portcullis/requests:explain"),
  STATUS_READ("portcullis/status:read"),
  ROUTES_READ("portcullis/routes:read");

  private final String written;

  Permission(String written) {
    this.written = written;
  }

  /** The scope that gives it. */
  Scope scope() {
    return Scope.parse(written);
  }
}
