package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalKindsTest {
  private static final RefusalKinds KINDS =
      RefusalKinds.of(
          new Credential("1", "pc_good", "ann@example.com"),
          new Credential("2", "pc_revoked", "ann@example.com"),
          new Credential("3", "pc_expired", "ann@example.com"));

  @Test
  void aKindIsNamedOnce() {
    assertThat(KINDS.all()).extracting(Refusal::kind).doesNotHaveDuplicates().hasSize(11);
  }

  @Test
  void onlyOneKindHasNoCredentials() {
    assertThat(KINDS.all())
        .filteredOn(kind -> !kind.headers().containsKey("Authorization"))
        .extracting(Refusal::reason)
        .containsExactly("CREDENTIALS_MISSING");
    assertThat(KINDS.all()).allMatch(kind -> kind.headers().containsKey("Email"));
  }

  @Test
  void theGoodTokenIsShownWhereSomethingElseIsWrong() {
    assertThat(KINDS.all())
        .filteredOn(kind -> "Bearer pc_good".equals(kind.headers().get("Authorization")))
        .extracting(Refusal::reason)
        .isEqualTo(List.of("EMAIL_MISMATCH", "SCOPE_INSUFFICIENT", "NO_ROUTE", "RATE_LIMITED"));
  }

  @Test
  void showsNothingOfTheSecrets() {
    assertThat(new Refusal("forged", 401, "any", "/", Map.of("Authorization", "pc_x")).toString())
        .contains("forged")
        .doesNotContain("pc_x");
  }
}
