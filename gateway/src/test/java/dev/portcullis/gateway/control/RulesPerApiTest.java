package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.TokenRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesPerApiTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private static Lifetimes settings(int standard, int longest) {
    return new Lifetimes(Map.of(TokenKind.API, lifetime(standard, longest)));
  }

  private static Lifetimes.Lifetime lifetime(int standard, int longest) {
    return new Lifetimes.Lifetime(
        Optional.of(Duration.ofDays(standard)), Optional.of(Duration.ofDays(longest)));
  }

  private static TokenRules rules(Optional<Duration> standard, Optional<Duration> longest) {
    return new TokenRules(Map.of(), standard, longest, Set.of());
  }

  @Test
  void goesByTheSettingsWhereThePolicyIsGone() {
    RulesPerApi rules = new RulesPerApi(() -> Policies.of(2, List.of()), settings(5, 9));
    Optional<String> gone = Optional.of("bills");
    assertThat(rules.prefix(gone, TokenKind.API)).isEmpty();
    assertThat(rules.changeable(gone)).isEqualTo(TokenRules.DESCRIPTIVE);
    assertThat(rules.lifetimes(gone)).isEqualTo(settings(5, 9));
  }

  @Test
  void letsAPolicyThatSaysOnlyHowLongAtMostBoundTheDefaultOfTheSettings() {
    Lifetimes lifetimes =
        settings(50, 90).under(rules(Optional.empty(), Optional.of(Duration.ofDays(30))));
    assertThat(lifetimes.standardEnd(TokenKind.API, NOW)).contains(NOW.plus(Duration.ofDays(30)));
    assertThat(lifetimes.latestEnd(TokenKind.API, NOW)).contains(NOW.plus(Duration.ofDays(30)));
  }

  @Test
  void boundsTheDefaultOfAPolicyByTheMaximumOfTheSettings() {
    Lifetimes lifetimes =
        settings(50, 90).under(rules(Optional.of(Duration.ofDays(365)), Optional.empty()));
    assertThat(lifetimes.standardEnd(TokenKind.API, NOW)).contains(NOW.plus(Duration.ofDays(90)));
  }
}
