package dev.portcullis.gateway.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What became of one line of an import, in JSON.
 *
 * @param line its number, counted from 1
 * @param status a word
 * @param id of the token that is there now
 * @param errors what was wrong; left out where nothing was
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ImportedLine(long line, String status, Optional<String> id, List<FieldProblem> errors) {
  static final String CREATED = "created";
  static final String EXISTS = "exists";
  static final String REFUSED = "refused";
  static final String FAILED = "failed";

  /** There was none, and there is one. */
  static ImportedLine created(long line, String id) {
    return new ImportedLine(line, CREATED, Optional.of(id), List.of());
  }

  /** The secret is known already; nothing was changed. */
  static ImportedLine exists(long line, String id) {
    return new ImportedLine(line, EXISTS, Optional.of(id), List.of());
  }

  /** It is not as it should be; nothing was changed. */
  static ImportedLine refused(long line, List<FieldProblem> errors) {
    return new ImportedLine(line, REFUSED, Optional.empty(), errors);
  }

  /** It may or may not have been done. */
  static ImportedLine failed(long line, FieldProblem error) {
    return new ImportedLine(line, FAILED, Optional.empty(), List.of(error));
  }
}
