package dev.portcullis.gateway.control;

import dev.portcullis.policy.Scope;

/** What an operator may be allowed to do here. */
enum Permission {
  PRINCIPALS_CREATE("portcullis/principals:create"),
  PRINCIPALS_READ("portcullis/principals:read"),
  TOKENS_CREATE("portcullis/tokens:create"),
  TOKENS_READ("portcullis/tokens:read"),
  TOKENS_REVOKE("portcullis/tokens:revoke");

  /** The first segment of every scope that counts on the control plane. */
  static final String AREA = "portcullis";

  private final String written;

  Permission(String written) {
    this.written = written;
  }

  /** The scope that gives it. */
  Scope scope() {
    return Scope.parse(written);
  }
}
