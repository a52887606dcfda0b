package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Organizations do not see one another. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenancyCasesTest {
  private static final String LINE = "GET /tenancy/x";
  private static final String EMAIL = "\"email\":\"tess@example.org\",";
  private static final String OF_A = "Org: a";
  private static final String OF_B = "Org: b";

  private final TestBed bed;
  private final Issued api;
  private final Issued other;
  private final Issued personal;

  TenancyCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: tenancy
        upstream: UPSTREAM
        credentials: [bearer]
        organization-header: Org
        routes:
          - match: GET /tenancy/x
            scopes: ["tenancy:read"]
        """);
    bed.user("tess-a", EMAIL + "\"organization\":\"a\",\"scopes\":[\"*:*\"]");
    bed.user("tess-b", EMAIL + "\"organization\":\"b\",\"scopes\":[\"tenancy:*\"]");
    bed.principal("robot", "service-account", "\"organization\":\"a\",\"scopes\":[\"*:*\"]");
    api = bed.token("tess-a", "tenancy:read");
    other = bed.token("tess-b", "tenancy:read");
    personal = bed.issue("tess-a", "\"kind\":\"personal\"");
  }

  private static Case mismatch(String row, String... fields) {
    return Case.refused("ORGANIZATION_MISMATCH", row, LINE, fields);
  }

  private Stream<Case> organizations() {
    String email = "Email: tess@example.org";
    return Stream.of(
        Case.allowed("16.04 one e-mail, its token in a", LINE, email, OF_A, api.bearer()),
        Case.allowed("16.04 one e-mail, its token in b", LINE, email, OF_B, other.bearer()),
        mismatch("16.04 the token of a in b", email, OF_B, api.bearer()),
        mismatch("16.04 the token of b in a", email, OF_A, other.bearer()),
        mismatch("the organization in another case", "Org: A", api.bearer()),
        mismatch("16.05 a personal token that names none", personal.bearer()),
        mismatch("16.05 a personal token that names an empty one", "Org:", personal.bearer()),
        mismatch("16.05 a personal token in another", OF_B, personal.bearer()),
        Case.allowed("16.05 a personal token in its own", LINE, OF_A, personal.bearer()),
        Case.refused("CREDENTIALS_AMBIGUOUS", "two organizations", LINE, OF_A, OF_B, api.bearer()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("organizations")
  void decidesAsExpected(Case row) {
    bed.check(row);
  }

  @Test
  void anOperatorOfOneOrganizationSeesNothingOfAnother() {
    bed.user("admin-a", "\"organization\":\"a\",\"scopes\":[\"portcullis/*:*\"]");
    Issued credential = bed.token("admin-a", "portcullis/*:*");
    Asker operator = bed.gateway().operator(credential.secret());
    Asker.Answer list = operator.get("/v1/tokens");
    assertThat(list.ids()).as("16.03, 15.08").contains(api.id()).doesNotContain(other.id());
    for (String id : new String[] {other.id(), "01000000000000000000000000"}) {
      assertThat(operator.get("/v1/tokens/" + id).status()).as("16.03").isEqualTo(404);
      assertThat(operator.post("/v1/tokens/" + id + "/revoke", "{}").status()).isEqualTo(404);
    }
    assertThat(operator.get("/v1/principals/tess-b").status()).as("16.03").isEqualTo(404);
    bed.check(Case.allowed("16.03 it was not revoked", LINE, other.bearer()));
  }

  @Test
  void theTokensOfADisabledServiceAccountAreRefused() {
    Issued token = bed.token("robot", "tenancy:read");
    bed.change("robot", "enabled", "false");
    bed.check(Case.refused("PRINCIPAL_DISABLED", "16.06", LINE, token.bearer()));
  }
}
