package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Explanation.Outcome;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Reason;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How each check is told of, whether the request carries the token or names it by its id. */
class ExplainedChecksTest extends ExplanationKit {

  /**
   * A request of a token that is refused at a step.
   *
   * @param told part of the step's detail
   */
  record Row(
      String step,
      Reason reason,
      String told,
      Token token,
      Principal principal,
      TestRequests request) {
    @Override
    public String toString() {
      return step + " " + reason;
    }
  }

  private static Row row(
      String step, Reason reason, String told, Token token, Principal principal) {
    return new Row(step, reason, told, token, principal, TestRequests.get("/any").overTls());
  }

  private static Row row(Row row, TestRequests request) {
    return new Row(row.step, row.reason, row.told, row.token, row.principal, request.overTls());
  }

  /** Those that can be told of a token named by its id, too. */
  static List<Row> refusedByChecks() {
    Token active = TestTokens.active();
    Principal user = TestPrincipals.user();
    return List.of(
        row(
            row("email", Reason.EMAIL_MISMATCH, "eve@example.org", active, user),
            TestRequests.get("/any").with("Email", "eve@example.org")),
        row(
            row(
                "organization",
                Reason.ORGANIZATION_MISMATCH,
                "request's is acme, the principal's none",
                active,
                user),
            TestRequests.get("/any").with("X-Org", "acme")),
        row("revoked", Reason.TOKEN_REVOKED, "2026-01-01T01:00:00Z", TestTokens.revoked(), user),
        row("expired", Reason.TOKEN_EXPIRED, "ends " + NOW, TestTokens.expiringAt(NOW), user),
        row(
            "principal",
            Reason.PRINCIPAL_DISABLED,
            "principal is disabled",
            active,
            TestPrincipals.disabled()),
        row(
            "address",
            Reason.ADDRESS_NOT_ALLOWED,
            "from 192.0.2.7, allowed from 10.0.0.0/8",
            TestTokens.allowedFrom("10.0.0.0/8"),
            user),
        row(
            row(
                "scope",
                Reason.SCOPE_INSUFFICIENT,
                "required dataset/logs/ingest:create, token has a:read role:x, principal has *:*",
                TestTokens.withScopes("a:read", "role:x"),
                user),
            TestRequests.get("/datasets/logs/ingest")));
  }

  @ParameterizedTest
  @MethodSource("refusedByChecks")
  void namesTheCheckThatRefusesAndTheFactsItWentBy(Row row) {
    given(row.token, row.principal);
    TestRequests request = row.request.with("Authorization", "Bearer " + minted.secret().reveal());
    Explanation explanation = explain(request);
    assertThat(explanation.decision()).isEqualTo(decide(request));
    assertRefusedAt(row.step, row.reason, row.told, explanation);
    assertThat(explanation.token()).contains(row.token);
    assertThat(explanation.principal()).contains(row.principal);
    assertThat(outcomesOf(explanation).subList(0, 3)).containsOnly(Outcome.PASSED);
  }

  @ParameterizedTest
  @MethodSource("refusedByChecks")
  void judgesATokenThatIsNamedByItsIdInTheSameWay(Row row) {
    Explanation explanation = explain(row.token, row.principal, row.request);
    assertRefusedAt(row.step, row.reason, row.told, explanation);
    assertThat(outcomesOf(explanation).subList(0, 3))
        .containsExactly(Outcome.PASSED, Outcome.SKIPPED, Outcome.SKIPPED);
    assertThat(store.reads()).isZero();
  }
}
