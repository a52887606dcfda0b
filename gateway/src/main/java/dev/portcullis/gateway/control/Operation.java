package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.AuditAction;
import java.util.Optional;
import org.springframework.http.HttpMethod;

/**
 * Something that operators can ask for.
 *
 * @param method {@code GET} stands for {@code HEAD} too
 * @param path a pattern
 * @param permission what the operator needs; empty where any may
 * @param action what the audit trail calls it
 * @param handler what does it
 */
record Operation(
    HttpMethod method,
    String path,
    Optional<Permission> permission,
    AuditAction action,
    OperatorCall.Handler handler) {

  Operation(
      HttpMethod method,
      String path,
      Permission permission,
      AuditAction action,
      OperatorCall.Handler handler) {
    this(method, path, Optional.of(permission), action, handler);
  }
}
