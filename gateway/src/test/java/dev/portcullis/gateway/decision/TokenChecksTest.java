package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Revoked, expired, from where, and which of them comes first. */
class TokenChecksTest extends ChainKit {

  @Test
  void deniesARevokedToken() {
    given(TestTokens.revoked(), TestPrincipals.user());
    assertDenied(bearer("/any"), Reason.TOKEN_REVOKED);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "0, false", "-1, false"})
  void allowsUntilTheMillisecondBeforeTheTokenExpires(long millisLeft, boolean allowed) {
    given(TestTokens.expiringAt(NOW.plusMillis(millisLeft)), TestPrincipals.user());
    if (allowed) {
      assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
    } else {
      assertDenied(bearer("/any"), Reason.TOKEN_EXPIRED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.9.9.9, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "2001:db8::/32, 2001:db8:1::5, true",
    "2001:db8::/32, 2001:db9::5, false",
    "192.0.2.7, ::ffff:192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false"
  })
  void allowsOnlyFromTheTokensAddresses(String block, String client, boolean allowed) {
    given(TestTokens.allowedFrom("198.51.100.0/24", block), TestPrincipals.user());
    if (allowed) {
      assertThat(decide(bearer("/any").from(client))).isInstanceOf(Allowed.class);
    } else {
      assertDenied(bearer("/any").from(client), Reason.ADDRESS_NOT_ALLOWED);
    }
  }

  @Test
  void deniesAnUnknownAddressWhereTheTokenIsBoundToSome() {
    given(TestTokens.allowedFrom("0.0.0.0/0", "::/0"), TestPrincipals.user());
    assertDenied(bearer("/any").fromNowhere(), Reason.ADDRESS_NOT_ALLOWED);
  }

  @Test
  void takesATokenForRevokedWhateverTheInstant() {
    given(TestTokens.revoked(TestTokens.active(), NOW.plusSeconds(3600)), TestPrincipals.user());
    assertDenied(bearer("/any"), Reason.TOKEN_REVOKED);
  }

  @Test
  void tellsTheFirstOfAllThatIsWrong() {
    Token wrong = TestTokens.withScopes("nothing:read");
    Principal owner = TestPrincipals.disabled();
    TestRequests request = bearer("/datasets/logs/ingest").with("Email", "eve@example.org");
    given(bad(wrong, true, true), owner);
    assertDenied(request.with("X-Org", "acme"), Reason.EMAIL_MISMATCH);
    TestRequests ofOwner = bearer("/datasets/logs/ingest").with("Email", "ada@example.org");
    assertDenied(ofOwner.with("X-Org", "acme"), Reason.ORGANIZATION_MISMATCH);
    assertDenied(bearer("/datasets/logs/ingest"), Reason.TOKEN_REVOKED);
    given(bad(wrong, false, true), owner);
    assertDenied(bearer("/datasets/logs/ingest"), Reason.TOKEN_EXPIRED);
    given(bad(wrong, false, false), owner);
    assertDenied(bearer("/datasets/logs/ingest"), Reason.PRINCIPAL_DISABLED);
    given(bad(wrong, false, false), TestPrincipals.user());
    assertDenied(bearer("/datasets/logs/ingest"), Reason.ADDRESS_NOT_ALLOWED);
    given(wrong, TestPrincipals.user());
    assertDenied(bearer("/datasets/logs/ingest"), Reason.SCOPE_INSUFFICIENT);
  }

  /** The token, to be used from elsewhere only. */
  private static Token bad(Token token, boolean revoked, boolean expired) {
    return new Token(
        token.id(),
        token.principalId(),
        token.kind(),
        token.scopes(),
        expired ? Optional.of(NOW) : Optional.empty(),
        revoked ? Optional.of(NOW) : Optional.empty(),
        TestTokens.allowedFrom("10.0.0.0/8").allowedAddresses(),
        token.limits(),
        token.countedAs(),
        token.parent());
  }
}
