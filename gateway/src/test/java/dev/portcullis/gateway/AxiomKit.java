package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import java.util.Arrays;

/**
 * Somebody who makes and uses Axiom tokens.
 *
 * @param owner who owns the organization acme
 */
record AxiomKit(TestBed bed, String owner) {
  static final String INGEST_LOGS = "POST /v1/ingest/logs";
  static final String QUERY_LOGS = "POST /v1/datasets/logs/query";

  AxiomKit {
    bed.user(owner, "\"organization\":\"acme\",\"scopes\":[\"role:owner\"]");
  }

  Asker settings() {
    return bed.gateway().operator();
  }

  Issued api(String... scopes) {
    return issue("api", "\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]");
  }

  /** A token of this kind; the members are JSON, without braces. */
  Issued issue(String kind, String members) {
    return bed.issue(owner, "\"api\":\"axiom\",\"kind\":\"" + kind + "\"," + members);
  }

  /** A personal access token of this user's. */
  Issued personal(String user) {
    return bed.issue(user, "\"api\":\"axiom\",\"kind\":\"personal\"");
  }

  void isAllowed(String line, Issued token, String... fields) {
    assertThat(ask(line, token, fields).reason()).as(line).isEqualTo(Case.ALLOWED);
  }

  void isRefused(String reason, String line, Issued token, String... fields) {
    Answer answer = ask(line, token, fields);
    assertThat(answer.reason()).as(line).isEqualTo(reason);
    assertThat(answer.passed()).isEmpty();
  }

  private Answer ask(String line, Issued token, String... fields) {
    String[] all = Arrays.copyOf(fields, fields.length + 1);
    all[fields.length] = token.bearer();
    return bed.ask(line, all);
  }
}
