package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.policy.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a token may do, within what its principal may. */
class ScopeCheckTest extends ChainKit {

  @ParameterizedTest
  @CsvSource({
    "dataset/logs/ingest:create, /datasets/logs/ingest, true",
    "dataset/logs/ingest:create, /datasets/other/ingest, false",
    "dataset/logs/ingest:*, /datasets/logs/ingest, true",
    "dataset/*/ingest:create, /datasets/other/ingest, true",
    "dataset/*:create, /datasets/other/ingest, true",
    "dataset/lo*/ingest:create, /datasets/logs/ingest, true",
    "dataset/lo*/ingest:create, /datasets/dogs/ingest, false",
    "dataset/logs:create, /datasets/logs/ingest, false",
    "dataset/logs/ingest:create, /datasets/*/ingest, false",
    "*:create, /datasets/logs/ingest, true"
  })
  void allowsWhatTheTokensScopesCoverWithThePathVariablesFilledIn(
      String scope, String path, boolean allowed) {
    given(TestTokens.withScopes(scope), TestPrincipals.user());
    if (allowed) {
      assertThat(decide(bearer(path))).isInstanceOf(Allowed.class);
    } else {
      assertDenied(bearer(path), Reason.SCOPE_INSUFFICIENT);
    }
  }

  @Test
  void deniesWhenOneRequiredScopeIsMissingAndNamesWhatIsRequired() {
    given(TestTokens.withScopes("dataset/logs:read"), TestPrincipals.user());
    assertThat(decide(bearer("/datasets/logs")))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Reason.SCOPE_INSUFFICIENT);
              assertThat(denied.requiredScope()).contains("dataset/logs:read org/datasets:read");
              assertThat(denied.tokenId()).contains(TestTokens.ID);
            });
  }

  @Test
  void deniesATokenWithoutScopesUnlessTheRouteAsksForNone() {
    given(TestTokens.withScopes(), TestPrincipals.user());
    assertDenied(bearer("/datasets/logs/ingest"), Reason.SCOPE_INSUFFICIENT);
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
  }

  @Test
  void deniesWhatThePrincipalMayNotEvenWhereTheTokenMay() {
    given(TestTokens.active(), TestPrincipals.withScopes("dataset/other/*:*"));
    assertDenied(bearer("/datasets/logs/ingest"), Reason.SCOPE_INSUFFICIENT);
  }

  @Test
  void allowsAPersonalTokenWhatItsPrincipalMayAndNoMore() {
    policy = POLICY.replace("organization-header: X-Org\n", "");
    given(TestTokens.personal(), TestPrincipals.withScopes("dataset/other/*:*"));
    assertThat(decide(bearer("/datasets/other/ingest"))).isInstanceOf(Allowed.class);
    assertDenied(bearer("/datasets/logs/ingest"), Reason.SCOPE_INSUFFICIENT);
  }

  @Test
  void readsARoleAsTheScopesThatThePolicyListsForIt() {
    given(TestTokens.withScopes("role:reader"), TestPrincipals.user());
    assertThat(decide(bearer("/roles/logs"))).isInstanceOf(Allowed.class);
    given(TestTokens.withScopes("role:nobody"), TestPrincipals.user());
    assertDenied(bearer("/roles/logs"), Reason.SCOPE_INSUFFICIENT);
  }
}
