package dev.portcullis.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenTest {
  private static final Instant END = Instant.parse("2026-02-01T00:00:00Z");

  @Test
  void isActiveUntilTheMillisecondBeforeItsEnd() {
    assertThat(TestTokens.expiringAt(END).status(END.minusMillis(1))).isEqualTo(TokenStatus.ACTIVE);
  }

  @Test
  void isExpiredFromItsEndOn() {
    assertThat(TestTokens.expiringAt(END).status(END)).isEqualTo(TokenStatus.EXPIRED);
    assertThat(TestTokens.expiringAt(END).status(END.plusMillis(1))).isEqualTo(TokenStatus.EXPIRED);
  }

  @Test
  void neverExpiresWithoutAnEnd() {
    assertThat(TestTokens.active().status(Instant.MAX)).isEqualTo(TokenStatus.ACTIVE);
  }

  @Test
  void isRevokedRatherThanExpired() {
    Token token = TestTokens.revoked(TestTokens.expiringAt(END), END);
    assertThat(token.status(END.plusSeconds(1))).isEqualTo(TokenStatus.REVOKED);
  }

  @Test
  void isRevokedEvenIfThisClockIsBehindTheOneThatRevoked() {
    assertThat(TestTokens.revoked(TestTokens.active(), END).status(END.minusSeconds(3600)))
        .isEqualTo(TokenStatus.REVOKED);
  }
}
