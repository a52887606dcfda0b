package dev.portcullis.gateway.registry;

import static dev.portcullis.gateway.token.Answers.done;
import static dev.portcullis.gateway.token.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenStatus;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.GrantedScopes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of principals' and tokens' lives have in common, over a store of any kind. */
public abstract class LifeContract implements InstantSource {
  /** What the clock shows at first. */
  protected static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  /** All of the trail. */
  protected static final AuditFilter ALL_ENTRIES =
      new AuditFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Those of the registrar. */
  protected static final PepperRing PEPPERS = TestTokens.ring();

  private Instant now = NOW;
  Registrar registrar;
  Principal ada;

  /** The registry, the same throughout a test; its clock is this object. */
  protected abstract TokenRegistry registry();

  /** What the chain reads of the same store. */
  protected abstract TokenStore store();

  /** The trail of the same store. */
  protected abstract AuditTrail trail();

  @Override
  public Instant instant() {
    return now;
  }

  /** Time goes by. */
  protected void pass(Duration time) {
    now = now.plus(time);
  }

  @BeforeEach
  void createPrincipal() {
    registrar = Registrar.of(registry(), PEPPERS, new InMemoryParameters(), this);
    ada =
        done(
            registrar
                .principals()
                .create(TestPrincipals.inOrganization("acme"), TestChanges.AUTHOR));
  }

  /** What changes the store. */
  protected Registrar registrar() {
    return registrar;
  }

  /** A token to be. */
  protected static TokenDraft draft(Optional<Instant> expiresAt) {
    return new TokenDraft(
        Optional.empty(),
        Optional.empty(),
        TokenKind.API,
        "laptop",
        "for work",
        GrantedScopes.parse(List.of("dataset/*:read", "role:reader")),
        expiresAt,
        List.of(),
        TestTokens.limits("10 per second"),
        Map.of("team", "blue"));
  }

  /** A new token of ada. */
  protected IssuedToken create() {
    return create(Optional.empty());
  }

  IssuedToken create(Optional<Instant> expiresAt) {
    return done(
        registrar.issuance().create(draft(expiresAt), ada, TestChanges.AUTHOR, Optional.empty()));
  }

  /** Ada, as she was created. */
  protected Principal owner() {
    return ada;
  }

  /** The token as the chain sees it when the secret is presented. */
  Token presented(IssuedToken issued) {
    TokenHash hash = PEPPERS.candidates(issued.secret(), false).getFirst();
    return found(store().token(hash));
  }

  TokenStatus status(IssuedToken issued) {
    return presented(issued).status(now);
  }

  TokenDetails read(String id) {
    return done(registry().token(id)).details();
  }

  List<SealedEntry> entries() {
    return done(trail().entries(ALL_ENTRIES, Optional.empty(), 200)).items();
  }

  List<String> actions() {
    return entries().stream().map(it -> it.entry().action().word()).toList();
  }

  static void assertConflict(CompletionStage<? extends Outcome<?>> stage, String field) {
    assertThat((Object) Answers.of(stage))
        .isInstanceOfSatisfying(
            Outcome.Conflict.class, it -> assertThat(it.field()).isEqualTo(field));
  }

  void assertIntact() {
    AuditTrail.Verification verification = done(trail().verify(Optional.empty(), 10_000));
    assertThat(verification.flaws()).isEmpty();
    assertThat(verification.verified()).isEqualTo(verification.total());
  }
}
