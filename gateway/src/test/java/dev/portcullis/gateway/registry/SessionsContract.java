package dev.portcullis.gateway.registry;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Parent;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenStatus;
import dev.portcullis.policy.GrantedScopes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of access keys that are exchanged, over a store of any kind. */
public abstract class SessionsContract extends LifeContract {
  private static final Author HOLDER =
      new Author("ada", Optional.of("key"), Optional.of("192.0.2.7"));
  private static final SessionTerms TERMS =
      new SessionTerms(Optional.empty(), Duration.ofMinutes(60), api -> Optional.empty());

  /** An access key without an end. */
  protected IssuedToken accessKey() {
    return key(Optional.empty());
  }

  private IssuedToken key(Optional<Instant> expiresAt) {
    TokenDraft like = draft(expiresAt);
    return done(
        registrar
            .issuance()
            .create(
                new TokenDraft(
                    Optional.of("stax"),
                    Optional.empty(),
                    TokenKind.ACCESS_KEY,
                    "deploy",
                    like.description(),
                    like.scopes(),
                    expiresAt,
                    like.allowedAddresses(),
                    like.limits(),
                    like.tags()),
                ada,
                TestChanges.AUTHOR,
                Optional.empty()));
  }

  /** The hashes that a secret may be kept under. */
  protected static List<TokenHash> hashes(SecretText secret) {
    return PEPPERS.candidates(secret, false);
  }

  /** A session of this access key. */
  protected IssuedToken open(IssuedToken key) {
    return done(registrar.sessions().open(hashes(key.secret()), TERMS, HOLDER));
  }

  private void assertNone(IssuedToken key) {
    assertThat(Answers.of(registrar.sessions().open(hashes(key.secret()), TERMS, HOLDER)))
        .isEqualTo(new Outcome.NotFound<>());
  }

  @Test
  void aSessionIsLikeItsAccessKeyAndEndsWithinTheHour() {
    IssuedToken key = accessKey();
    Token session = presented(open(key));
    Token maker = key.token().token();
    assertThat(session)
        .isEqualTo(
            new Token(
                session.id(),
                "ada",
                TokenKind.SESSION,
                maker.scopes(),
                Optional.of(NOW.plus(Duration.ofMinutes(60))),
                Optional.empty(),
                maker.allowedAddresses(),
                maker.limits(),
                maker.id(),
                Optional.of(new Parent(maker.id(), hashes(key.secret())))));
  }

  @Test
  void aSessionEndsNoLaterThanItsAccessKey() {
    Instant end = NOW.plus(Duration.ofMinutes(10));
    assertThat(presented(open(key(Optional.of(end)))).expiresAt()).contains(end);
  }

  @Test
  void aSessionMayHaveFewerScopesAndThePrefixOfItsApi() {
    IssuedToken key = accessKey();
    GrantedScopes fewer = GrantedScopes.parse(List.of("dataset/a:read"));
    SessionTerms terms =
        new SessionTerms(
            Optional.of(fewer),
            Duration.ofMinutes(5),
            api -> Optional.of(api).filter("stax"::equals).map(name -> "stx-"));
    IssuedToken session = done(registrar.sessions().open(hashes(key.secret()), terms, HOLDER));
    assertThat(session.secret().reveal()).startsWith("stx-");
    assertThat(presented(session).scopes()).isEqualTo(fewer);
    assertThat(presented(session).expiresAt()).contains(NOW.plus(Duration.ofMinutes(5)));
  }

  @Test
  void onlyAnAccessKeyThatIsGoodIsExchanged() {
    assertNone(create());
    IssuedToken revoked = accessKey();
    done(registrar.tokens().revoke(revoked.token().id(), Optional.empty(), TestChanges.AUTHOR));
    assertNone(revoked);
    IssuedToken expired = key(Optional.of(NOW.plusSeconds(1)));
    pass(Duration.ofSeconds(1));
    assertNone(expired);
    IssuedToken disabled = accessKey();
    done(registrar.principals().update("ada", before -> before.enabled(false), TestChanges.AUTHOR));
    assertNone(disabled);
    assertThat(actions()).doesNotContain("session.create");
  }

  @Test
  void aSessionIsFoundByItsHashAndInNoList() {
    IssuedToken session = open(accessKey());
    String id = session.token().id();
    assertThat(done(registry().tokenByHash(hashes(session.secret()))).details().id()).isEqualTo(id);
    assertThat(Answers.of(registry().token(id))).isEqualTo(new Outcome.NotFound<>());
    assertThat(done(registry().tokens(TestChanges.ALL_TOKENS, Optional.empty(), 10)).items())
        .hasSize(1);
    assertThat(done(registry().countTokens("ada"))).isEqualTo(1);
    assertThat(done(registry().census(NOW, List.of(NOW), List.of(NOW.plus(Duration.ofDays(1))))))
        .isEqualTo(new TokenRegistry.Census(1, List.of(1L), List.of(0L)));
  }

  @Test
  void theTrailTellsOfItUnderItsAccessKeyWithoutHashes() {
    IssuedToken key = accessKey();
    IssuedToken session = open(key);
    done(registrar.sessions().end(hashes(session.secret()), HOLDER));
    List<AuditEntry> told =
        entries().stream()
            .map(SealedEntry::entry)
            .filter(entry -> entry.author().equals(HOLDER))
            .toList();
    assertThat(told)
        .extracting(entry -> entry.action().word())
        .containsExactly("session.create", "session.revoke");
    assertThat(told)
        .allSatisfy(
            entry -> {
              assertThat(entry.token()).contains(key.token().id());
              assertThat(entry.principal()).contains("ada");
              assertThat(entry.organization()).contains("acme");
              assertThat(entry.detail()).isEqualTo("session " + session.token().id());
              assertThat(entry.fields().toString()).doesNotContain("p1:");
            });
    assertThat(told.getFirst().after())
        .containsEntry("id", session.token().id())
        .containsEntry("parent", key.token().id())
        .containsEntry("scopes", "dataset/*:read role:reader");
    assertThat(told.getLast().after()).isEqualTo(Map.of("revokedAt", NOW.toString()));
    assertIntact();
  }

  @Test
  void aSessionIsEndedForGood() {
    IssuedToken session = open(accessKey());
    IssuedToken sibling = open(accessKey());
    List<TokenHash> hashes = hashes(session.secret());
    done(registrar.sessions().end(hashes, HOLDER));
    assertThat(status(session)).isEqualTo(TokenStatus.REVOKED);
    assertThat(status(sibling)).isEqualTo(TokenStatus.ACTIVE);
    pass(Duration.ofSeconds(1));
    assertThat(done(registrar.sessions().end(hashes, HOLDER)).token().revokedAt()).contains(NOW);
    assertThat(actions()).containsOnlyOnce("session.revoke");
  }

  @Test
  void whatIsNoSessionIsNotEnded() {
    IssuedToken key = accessKey();
    for (IssuedToken other : List.of(key, create())) {
      assertThat(Answers.of(registrar.sessions().end(hashes(other.secret()), HOLDER)))
          .isEqualTo(new Outcome.NotFound<>());
      assertThat(status(other)).isEqualTo(TokenStatus.ACTIVE);
    }
    assertThat(Answers.of(registrar.sessions().end(List.of(), HOLDER)))
        .isEqualTo(new Outcome.NotFound<>());
  }

  @Test
  void anAccessKeyThatMovedIsStillExchanged() {
    IssuedToken key = accessKey();
    TokenHash elsewhere = new TokenHash("p2:" + "a".repeat(64));
    Answers.of(store().rehash(hashes(key.secret()).getFirst(), elsewhere));
    IssuedToken session =
        done(
            registrar
                .sessions()
                .open(List.of(hashes(key.secret()).getFirst(), elsewhere), TERMS, HOLDER));
    assertThat(presented(session).parent().orElseThrow().hashes())
        .containsExactly(elsewhere, hashes(key.secret()).getFirst());
  }

  @Test
  void aChangeInBetweenMakesNoSession() {
    IssuedToken key = accessKey();
    KeptToken before = done(registry().token(key.token().id()));
    done(registrar.tokens().revoke(key.token().id(), Optional.empty(), TestChanges.AUTHOR));
    Token like = key.token().token();
    TokenHash hash = new TokenHash("p1:" + "b".repeat(64));
    Change change =
        new Change(
            List.of(
                new Write.AddSession(
                    TestDetails.of("s", like.expiringAt(Optional.of(NOW.plusSeconds(9)))),
                    hash,
                    before,
                    ada)),
            List.of());
    assertThat(Answers.of(registry().commit(change)))
        .isEqualTo(new Commit.Obstructed(Commit.Obstacle.TOKEN_CHANGED));
    assertThat(Answers.of(store().token(hash))).isEqualTo(new Lookup.Absent<>());
    Change ofAnotherOwner =
        new Change(
            List.of(
                new Write.AddSession(
                    TestDetails.of("s", like.expiringAt(Optional.of(NOW.plusSeconds(9)))),
                    hash,
                    done(registry().token(key.token().id())),
                    TestPrincipals.disabled())),
            List.of());
    assertThat(Answers.of(registry().commit(ofAnotherOwner)))
        .isEqualTo(new Commit.Obstructed(Commit.Obstacle.PRINCIPAL_CHANGED));
    assertThat(Answers.of(store().token(hash))).isEqualTo(new Lookup.Absent<>());
  }
}
