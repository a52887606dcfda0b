package dev.portcullis.load;

/**
 * A change as the audit trail must name it.
 *
 * @param action as in the trail
 * @param subject the id of the token, or of the principal where no token is concerned
 * @param field one that no other change gave the same value; empty where one change of its kind is
 *     all there can be
 * @param value of that field afterwards
 */
record AuditedChange(String action, String subject, String field, String value) {

  /** Such a change can be made only once. */
  static AuditedChange only(String action, String subject) {
    return new AuditedChange(action, subject, "", "");
  }
}
