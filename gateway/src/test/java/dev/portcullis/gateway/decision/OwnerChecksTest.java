package dev.portcullis.gateway.decision;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.policy.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a token is: its e-mail, organization, and whether its principal is enabled. */
class OwnerChecksTest extends ChainKit {

  @Test
  void deniesWhenThePrincipalIsDisabledOrGone() {
    given(TestTokens.active(), TestPrincipals.disabled());
    assertDenied(bearer("/any"), Reason.PRINCIPAL_DISABLED);
    given(TestTokens.token(TestTokens.ID, "nobody"), TestPrincipals.user());
    assertThat(decide(bearer("/any")))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Reason.PRINCIPAL_DISABLED);
              assertThat(denied.tokenId()).contains(TestTokens.ID);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada@example.org", "ADA@Example.org", "  ada@example.org "})
  void allowsTheOwnersEmailInAnyCaseAndWithSpaceAround(String email) {
    given(TestTokens.active(), TestPrincipals.user());
    assertThat(decide(bearer("/any").with("Email", email))).isInstanceOf(Allowed.class);
  }

  @Test
  void readsAnEmailInUtf8AndComparesItInNormalFormC() {
    Principal user = TestPrincipals.user("jos\u00e9");
    given(TestTokens.token(TestTokens.ID, user.id()), user);
    String decomposedAsOctets = new String("jose\u0301@example.org".getBytes(UTF_8), ISO_8859_1);
    assertThat(decide(bearer("/any").with("Email", decomposedAsOctets)))
        .isInstanceOf(Allowed.class);
  }

  @Test
  void deniesAnotherEmailOrTwoOfThem() {
    given(TestTokens.active(), TestPrincipals.user());
    assertDenied(bearer("/any").with("Email", "eve@example.org"), Reason.EMAIL_MISMATCH);
    assertDenied(
        bearer("/any").with("Email", "ada@example.org").with("Email", "ada@example.org"),
        Reason.CREDENTIALS_AMBIGUOUS);
  }

  @Test
  void deniesAMissingOrBlankEmailOnlyWhereThePolicyRequiresOne() {
    given(TestTokens.active(), TestPrincipals.user());
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
    policy = POLICY.replace("email: optional", "email: required");
    assertDenied(bearer("/any"), Reason.EMAIL_MISSING);
    assertDenied(bearer("/any").with("Email", " "), Reason.EMAIL_MISSING);
    assertThat(decide(bearer("/any").with("Email", "ada@example.org"))).isInstanceOf(Allowed.class);
  }

  @Test
  void doesNotReadTheEmailWhereThePolicyIgnoresIt() {
    given(TestTokens.active(), TestPrincipals.user());
    policy = POLICY.replace("email: optional", "email: ignored");
    assertThat(decide(bearer("/any").with("Email", "eve@example.org"))).isInstanceOf(Allowed.class);
  }

  @Test
  void deniesAnEmailWhereThePrincipalHasNone() {
    Principal account = TestPrincipals.serviceAccount("ci");
    given(TestTokens.token(TestTokens.ID, "ci"), account);
    assertDenied(bearer("/any").with("Email", "ci@example.org"), Reason.EMAIL_MISMATCH);
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
  }

  @Test
  void deniesAnotherOrganizationAndAPersonalTokenThatNamesNone() {
    given(TestTokens.active(), TestPrincipals.inOrganization("acme"));
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
    assertThat(decide(bearer("/any").with("X-Org", "acme"))).isInstanceOf(Allowed.class);
    assertThat(decide(bearer("/any").with("X-Org", " acme "))).isInstanceOf(Allowed.class);
    assertDenied(
        bearer("/any").with("X-Org", "acme").with("X-Org", "acme"), Reason.CREDENTIALS_AMBIGUOUS);
    assertDenied(bearer("/any").with("X-Org", "Acme"), Reason.ORGANIZATION_MISMATCH);
    given(TestTokens.personal(), TestPrincipals.inOrganization("acme"));
    assertDenied(bearer("/any"), Reason.ORGANIZATION_MISMATCH);
    assertThat(decide(bearer("/any").with("X-Org", "acme"))).isInstanceOf(Allowed.class);
    given(TestTokens.active(), TestPrincipals.user());
    assertDenied(bearer("/any").with("X-Org", "acme"), Reason.ORGANIZATION_MISMATCH);
  }
}
