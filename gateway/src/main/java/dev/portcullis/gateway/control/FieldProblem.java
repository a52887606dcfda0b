package dev.portcullis.gateway.control;

/**
 * What is wrong with one member of a request.
 *
 * @param field where, for example {@code scopes[0]}
 * @param detail what is wrong and what would be right
 */
record FieldProblem(String field, String detail) {
  private static final String UNKNOWN = "is not known here";

  /** There is no such member. */
  static FieldProblem unknown(String field) {
    return new FieldProblem(field, UNKNOWN);
  }

  /** The field without anything that the sender chose, which may be a secret out of place. */
  String name() {
    int dot = field.indexOf('.');
    return detail.equals(UNKNOWN) ? "an unknown field" : dot < 0 ? field : field.substring(0, dot);
  }
}
