package dev.portcullis.gateway.control;

/**
 * What is wrong with one member of a request.
 *
 * @param field where, for example {@code scopes[0]}
 * @param detail what is wrong and what would be right
 */
record FieldProblem(String field, String detail) {}
