package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;

/** Somebody who makes and uses STA API keys. */
record StaKit(TestBed bed) {
  static final String USERS = "GET /api/v1/tenants/Q41RKXHPWU/users";

  /** A service account that has these tenants. */
  void account(String id, String... tenants) {
    String scopes = "tenant/" + String.join(":access\",\"tenant/", tenants) + ":access";
    bed.principal(id, "service-account", "\"scopes\":[\"" + scopes + "\"]");
  }

  /** A key has nothing of its own: it may what its service account may. */
  Issued key(String account) {
    return bed.issue(account, "\"api\":\"sta\",\"kind\":\"personal\"");
  }

  Asker console() {
    return bed.gateway().operator();
  }

  static String header(Issued key) {
    return "apikey: " + key.secret();
  }

  Answer isAllowed(String line, Issued key) {
    Answer answer = bed.ask(line, header(key));
    assertThat(answer.reason()).as(line).isEqualTo(Case.ALLOWED);
    return answer;
  }

  void isForbidden(String reason, String line, String... fields) {
    Answer answer = bed.ask(line, fields);
    assertThat(answer.reason()).as(line).isEqualTo(reason);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.response().body()).contains("\"Forbidden\"");
    assertThat(answer.response().field("WWW-Authenticate")).isEmpty();
    assertThat(answer.passed()).isEmpty();
  }
}
