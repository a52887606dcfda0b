package dev.portcullis.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final TokenHash HASH = new TokenHash("p1:" + "a".repeat(64));

  private final Token key = TestTokens.accessKey("the-key", "a:read", "role:r");
  private final Token session = TestTokens.sessionOf(key, List.of(HASH), "a:read", "role:r");

  @Test
  void isItselfWhereItsParentBoundsNothing() {
    assertThat(session.within(key)).isSameAs(session);
    assertThat(session.expiringAt(Optional.of(END)).within(key).expiresAt()).contains(END);
  }

  @Test
  void isRevokedWhereItsParentIs() {
    assertThat(session.within(key.revokedAt(END)).revokedAt()).contains(END);
    Token revoked = session.revokedAt(END.minusSeconds(1));
    assertThat(revoked.within(key.revokedAt(END))).isEqualTo(revoked);
  }

  @Test
  void endsAtTheEarlierEnd() {
    Token mortal = key.expiringAt(Optional.of(END));
    assertThat(session.within(mortal).expiresAt()).contains(END);
    Token sooner = session.expiringAt(Optional.of(END.minusMillis(1)));
    assertThat(sooner.within(mortal)).isSameAs(sooner);
    Token later = session.expiringAt(Optional.of(END.plusMillis(1)));
    assertThat(later.within(mortal).expiresAt()).contains(END);
  }

  @Test
  void isGoodForNoMoreThanItsParent() {
    Token wide = TestTokens.sessionOf(key, List.of(HASH), "*:*");
    assertThat(covers(wide.within(key), "a:read")).isTrue();
    assertThat(covers(wide.within(key), "b:read")).isFalse();
    assertThat(wide.within(key).scopes().written()).containsExactly("*:*");
  }

  private static boolean covers(Token token, String required) {
    return token.scopes().cover(Scope.parse(required), Map.of());
  }

  @Test
  void isNotedAsItsParent() {
    assertThat(session.notedAs()).isEqualTo("the-key");
    assertThat(key.notedAs()).isEqualTo("the-key");
  }
}
