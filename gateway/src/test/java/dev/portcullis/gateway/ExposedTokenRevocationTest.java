package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.registry.InMemoryParameters;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.registry.IssuedToken;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.registry.SessionTerms;
import dev.portcullis.gateway.registry.TokenDraft;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of tokens that were good when they were sent over plain HTTP. */
class ExposedTokenRevocationTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Optional<InetAddress> FROM = Optional.of(InetAddress.ofLiteral("192.0.2.7"));

  private static final List<TokenHash> HASHES = List.of(new TokenHash("p1:" + "a".repeat(64)));

  private final InMemoryStore store = new InMemoryStore(() -> NOW);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Runnable> later = new ArrayList<>();
  private final Registrar registrar =
      Registrar.of(store.registry(), TestTokens.ring(), new InMemoryParameters(), () -> NOW);
  private final ExposedTokenRevocation revocation =
      new ExposedTokenRevocation(registrar, new Meters(registry), later::add);

  @BeforeEach
  void keepAToken() {
    store.with(TestPrincipals.user()).with(HASHES.getFirst(), TestTokens.active());
  }

  private List<AuditEntry> trail() {
    AuditFilter all =
        new AuditFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return Answers.done(store.trail().entries(all, Optional.empty(), 10)).items().stream()
        .map(SealedEntry::entry)
        .toList();
  }

  private double counted(String outcome) {
    return registry.get("portcullis.exposed.tokens").tag("outcome", outcome).counter().count();
  }

  @Test
  void revokesInTheGatewaysNameAndSaysWhyAndFromWhereItWasSent() {
    revocation.exposed(TestTokens.active(), HASHES, "logs", FROM);
    assertThat(trail())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.author())
                  .isEqualTo(new Author("portcullis", Optional.empty(), Optional.of("192.0.2.7")));
              assertThat(entry.action().word()).isEqualTo("token.revoke");
              assertThat(entry.token()).contains(TestTokens.ID);
              assertThat(entry.detail()).isEqualTo("sent over plain HTTP");
              assertThat(entry.after()).containsEntry("revokedReason", "sent over plain HTTP");
            });
    assertThat(counted("REVOKED")).isEqualTo(1);
  }

  @Test
  void triesAgainWhatAnOutageIsInTheWayOfAndOnlyOnceAtATime() {
    store.switchOff();
    revocation.exposed(TestTokens.active(), HASHES, "logs", FROM);
    revocation.exposed(TestTokens.active(), HASHES, "logs", FROM);
    assertThat(later).as("one is under way").hasSize(1);
    later.removeFirst().run();
    store.switchOn();
    later.removeFirst().run();
    assertThat(later).isEmpty();
    assertThat(trail()).hasSize(1);
    assertThat(counted("REVOKED")).isEqualTo(1);
    assertThat(counted("FAILED")).isZero();
  }

  @Test
  void givesUpInTheEndAndTriesAnewWhenTheTokenIsSentAgain() {
    store.switchOff();
    revocation.exposed(TestTokens.active(), HASHES, "logs", FROM);
    int attempts = 1;
    while (!later.isEmpty()) {
      later.removeFirst().run();
      attempts++;
    }
    assertThat(attempts).isEqualTo(60);
    assertThat(counted("FAILED")).isEqualTo(1);
    store.switchOn();
    revocation.exposed(TestTokens.active(), HASHES, "logs", FROM);
    assertThat(counted("REVOKED")).isEqualTo(1);
  }

  @Test
  void keepsOnlySoManyUnderWay() {
    store.switchOff();
    for (int i = 0; i < 1_001; i++) {
      revocation.exposed(TestTokens.token("t" + i, "ada"), HASHES, "logs", FROM);
    }
    assertThat(later).hasSize(1_000);
    assertThat(counted("FAILED")).isEqualTo(1);
  }

  @Test
  void cannotRevokeATokenOfAnotherIssuer() {
    Token token = TestTokens.token("corp:1", "corp:ada");
    revocation.exposed(
        new Token(
            token.id(),
            token.principalId(),
            TokenKind.JWT,
            token.scopes(),
            token.expiresAt(),
            token.revokedAt(),
            token.allowedAddresses(),
            token.limits(),
            token.countedAs(),
            token.parent()),
        List.of(),
        "logs",
        FROM);
    assertThat(trail()).isEmpty();
    assertThat(counted("FOREIGN")).isEqualTo(1);
  }

  @Test
  void countsATokenThatTheRegistryDoesNotKnow() {
    revocation.exposed(TestTokens.token("gone", "ada"), HASHES, "logs", Optional.empty());
    assertThat(counted("FAILED")).isEqualTo(1);
  }

  @Test
  void endsASessionAndLeavesItsAccessKeyAlone() {
    Author author = new Author("operator", Optional.empty(), Optional.empty());
    TokenDraft draft =
        new TokenDraft(
            Optional.empty(),
            Optional.empty(),
            TokenKind.ACCESS_KEY,
            "key",
            "",
            GrantedScopes.parse(List.of("*:*")),
            Optional.empty(),
            List.of(),
            Limits.NONE,
            Map.of());
    IssuedToken key =
        Answers.done(
            registrar.issuance().create(draft, TestPrincipals.user(), author, Optional.empty()));
    IssuedToken session =
        Answers.done(
            registrar
                .sessions()
                .open(
                    TestTokens.ring().candidates(key.secret(), false),
                    new SessionTerms(
                        Optional.empty(), Duration.ofHours(1), api -> Optional.empty()),
                    author));
    revocation.exposed(
        session.token().token(),
        TestTokens.ring().candidates(session.secret(), true),
        "logs",
        FROM);
    assertThat(trail().getLast().action().word()).isEqualTo("session.revoke");
    assertThat(trail().getLast().detail()).contains(session.token().id());
    assertThat(counted("REVOKED")).isEqualTo(1);
    assertThat(Answers.done(registrar.registry().token(key.token().id())).details().token())
        .extracting(Token::revokedAt)
        .isEqualTo(Optional.empty());
  }
}
