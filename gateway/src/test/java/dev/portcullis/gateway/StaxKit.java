package dev.portcullis.gateway;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;

/**
 * Somebody who makes and uses Stax API tokens.
 *
 * @param administrator whose they are
 */
record StaxKit(TestBed bed, String administrator) {
  static final String WORKLOADS = "GET /20190206/workloads";

  StaxKit {
    bed.user(
        administrator,
        "\"organization\":\"stax-org\",\"scopes\":[\"role:api_admin\",\"role:api_readonly\"]");
  }

  Asker console() {
    return bed.gateway().operator();
  }

  /** An API token with this role: an access key, which is its id, and a secret key. */
  OAuthClient apiToken(String role) {
    return withScopes("role:" + role);
  }

  OAuthClient withScopes(String... scopes) {
    return OAuthClient.of(bed, administrator, ",\"api\":\"stax\"", scopes);
  }

  /** What came of asking for an API token; the members are JSON, without braces. */
  Asker.Answer create(String members) {
    return console()
        .post(
            "/v1/tokens",
            """
            {"principal": "%s", "api": "stax", "kind": "access-key", "name": "n",
             "scopes": ["role:api_readonly"], %s}
            """
                .formatted(administrator, members));
  }

  String reason(String line, Issued session) {
    return bed.ask(line, session.bearer()).reason();
  }
}
