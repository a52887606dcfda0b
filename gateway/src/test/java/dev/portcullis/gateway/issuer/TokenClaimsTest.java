package dev.portcullis.gateway.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Verification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the claims of a token that is good. */
class TokenClaimsTest extends IssuerKit {

  private List<String> scopes(TestJwt jwt) {
    Verification.Known known = known(verify(jwt));
    return known.token().scopes().written();
  }

  @ParameterizedTest
  @CsvSource({
    "logs:read, logs:read",
    "'logs:read logs:write', 'logs:read,logs:write'",
    "'logs:read  logs:read ', logs:read",
    "reader, role:reader",
    "role:reader, role:reader",
    "'openid reader dataset/web:*', 'dataset/web:*,role:openid,role:reader'",
    "'', ''",
    "'{x}:y a:b:c \"', ''",
    "*:*, *:*",
  })
  void readsScopesAndNamesOfRoles(String claim, String expected) {
    assertThat(String.join(",", scopes(jwt().claim("scope", claim)))).isEqualTo(expected);
    assertThat(String.join(",", scopes(jwt().claim("scp", claim)))).isEqualTo(expected);
    assertThat(String.join(",", scopes(jwt().claim("scp", List.of(claim.split(" ", -1))))))
        .isEqualTo(expected);
  }

  @Test
  void readsBothClaimsTogether() {
    assertThat(scopes(jwt().claim("scope", "a:b").claim("scp", List.of("c:d", 7, "reader"))))
        .containsExactly("a:b", "c:d", "role:reader");
    assertThat(scopes(jwt().claim("scope", 7))).isEmpty();
  }

  @Test
  void dropsTheGatewaysOwnScopes() {
    assertThat(
            scopes(
                jwt()
                    .claim("scope", "portcullis/tokens:create portcullis:* a:b portcullis/*:*")
                    .claim("scp", List.of("portcullis/tokens:introspect"))))
        .containsExactly("a:b");
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "'\"true\"', false", "1, false", "null, false"})
  void believesAnAddressOnlyWhereItsIssuerVerifiedIt(String verified, boolean believed) {
    String payload =
        jwt().claim("email", "alice@example.org").payload().replace("}", "")
            + ",\"email_verified\":"
            + verified
            + "}";
    assertThat(known(verify(jwt().payload(payload))).principal().email().isPresent())
        .isEqualTo(believed);
  }

  @Test
  void believesNoAddressThatIsNone() {
    for (Object email : List.of("", " ", 7, List.of("a@b"), "a".repeat(300) + "@example.org")) {
      TestJwt jwt = jwt().claim("email", email).claim("email_verified", true);
      assertThat(known(verify(jwt)).principal().email()).isEmpty();
    }
  }

  @Test
  void namesATokenWithoutAPlainIdByAHashOfIt() {
    for (String id : List.of("", "two words", "line\nbreak", "\u00e9", "x".repeat(129))) {
      assertThat(known(verify(jwt().claim("jti", id))).token().id()).matches("corp:[0-9a-f]{16}");
    }
    String first = known(verify(jwt().claim("jti", null))).token().id();
    assertThat(known(verify(jwt().claim("jti", null))).token().id()).isEqualTo(first);
    assertThat(known(verify(jwt().claim("jti", null).claim("x", 1))).token().id())
        .isNotEqualTo(first);
  }

  @Test
  void namesEverySubjectBehindItsIssuersName() {
    for (String subject : List.of("ada", "corp:ada", ":", "../x", "\u00e9\u4f60", "a b")) {
      assertThat(known(verify(jwt().claim("sub", subject))).principal().id())
          .isEqualTo("corp:" + subject);
    }
  }

  @Test
  void refusesATokenOfMoreThanAHundredScopes() {
    String hundred = "a:b ".repeat(99) + "a:b";
    assertThat(scopes(jwt().claim("scope", hundred))).containsExactly("a:b");
    assertThat(verify(jwt().claim("scope", hundred + " a:b")))
        .isInstanceOf(Verification.Refused.class);
    assertThat(verify(jwt().claim("scope", hundred).claim("scp", List.of("a:b"))))
        .isInstanceOf(Verification.Refused.class);
  }
}
