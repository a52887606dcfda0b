package dev.portcullis.gateway.registry;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens in the lives of tokens. */
public abstract class TokenLifeContract extends LifeContract {
  private static final Optional<IdempotentRequest> REQUEST =
      Optional.of(
          IdempotentRequest.of(
              "operator", "POST /v1/tokens", "key-1", "{}".getBytes(StandardCharsets.UTF_8)));

  private CompletableFuture<Outcome<IssuedToken>> regenerate(
      IssuedToken old, Duration grace, Optional<Instant> expiresAt) {
    return registrar
        .regeneration()
        .regenerate(
            old.token().id(),
            new Regeneration.Terms(grace, expiresAt, Optional.empty()),
            TestChanges.AUTHOR,
            Optional.empty())
        .toCompletableFuture();
  }

  private IssuedToken regenerated(IssuedToken old, Duration grace) {
    return done(regenerate(old, grace, Optional.empty()));
  }

  private void revoke(IssuedToken token) {
    done(registrar.tokens().revoke(token.token().id(), Optional.empty(), TestChanges.AUTHOR));
  }

  @Test
  void createsATokenOfItsOwnersOrganization() {
    IssuedToken issued = create();
    assertThat(status(issued)).isEqualTo(TokenStatus.ACTIVE);
    assertThat(issued.secret().reveal()).matches("pcat_[0-9A-Za-z]{38}");
    assertThat(read(issued.token().id())).isEqualTo(issued.token());
    assertThat(issued.token().organization()).contains("acme");
  }

  @Test
  void refusesATokenOfAnOwnerWhoChangedMeanwhile() {
    done(registrar.principals().update("ada", it -> it.enabled(false), TestChanges.AUTHOR));
    assertConflict(
        registrar
            .issuance()
            .create(draft(Optional.empty()), ada, TestChanges.AUTHOR, Optional.empty()),
        "state");
  }

  @Test
  void answersARepeatedRequestWithTheSameSecret() {
    IssuedToken first =
        done(
            registrar.issuance().create(draft(Optional.empty()), ada, TestChanges.AUTHOR, REQUEST));
    IssuedToken repeat = done(registrar.issuance().repeat(REQUEST.get()));
    assertThat(repeat.secret().reveal()).isEqualTo(first.secret().reveal());
    assertThat(repeat.token()).isEqualTo(first.token());
    assertThat(repeat.repeated()).isTrue();
    assertThat(actions()).containsExactly("principal.create", "token.create");
  }

  @Test
  void repeatsThePrefixThatTheFirstWasMadeWith() {
    TokenDraft draft = draft(Optional.empty());
    TokenDraft prefixed =
        new TokenDraft(
            Optional.of("axiom"),
            Optional.of("xaat-"),
            draft.kind(),
            draft.name(),
            draft.description(),
            draft.scopes(),
            draft.expiresAt(),
            draft.allowedAddresses(),
            draft.limits(),
            draft.tags());
    IssuedToken first =
        done(registrar.issuance().create(prefixed, ada, TestChanges.AUTHOR, REQUEST));
    assertThat(first.secret().reveal()).startsWith("xaat-");
    assertThat(presented(first).id()).isEqualTo(first.token().id());
    assertThat(done(registrar.issuance().repeat(REQUEST.get())).secret().reveal())
        .isEqualTo(first.secret().reveal());
  }

  @Test
  void makesOneTokenOfARequestSentManyTimesAtOnce() {
    List<CompletableFuture<Outcome<IssuedToken>>> all =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    registrar
                        .issuance()
                        .create(draft(Optional.empty()), ada, TestChanges.AUTHOR, REQUEST)
                        .toCompletableFuture())
            .toList();
    assertThat(all.stream().map(it -> done(it).secret().reveal()).distinct()).hasSize(1);
    assertThat(all.stream().filter(it -> !done(it).repeated())).hasSize(1);
    assertThat(done(registry().countTokens("ada"))).isEqualTo(1);
  }

  @Test
  void refusesAnIdempotencyKeyThatWasUsedForAnotherRequest() {
    done(registrar.issuance().create(draft(Optional.empty()), ada, TestChanges.AUTHOR, REQUEST));
    IdempotentRequest other =
        IdempotentRequest.of(
            "operator", "POST /v1/tokens", "key-1", "{ }".getBytes(StandardCharsets.UTF_8));
    assertConflict(registrar.issuance().repeat(other), "Idempotency-Key");
    IdempotentRequest another =
        IdempotentRequest.of(
            "eve", "POST /v1/tokens", "key-1", "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(Answers.of(registrar.issuance().repeat(another)))
        .isInstanceOf(Outcome.NotFound.class);
  }

  @Test
  void repeatsNoSecretWhosePepperIsGone() {
    done(registrar.issuance().create(draft(Optional.empty()), ada, TestChanges.AUTHOR, REQUEST));
    PepperRing other = new PepperRing(TestTokens.pepper("p2"), List.of());
    assertConflict(
        Registrar.of(registry(), other, new InMemoryParameters(), this)
            .issuance()
            .repeat(REQUEST.get()),
        "Idempotency-Key");
  }

  @Test
  void renamesATokenAndNothingElse() {
    IssuedToken issued = create();
    TokenDetails renamed =
        done(
            registrar
                .tokens()
                .describe(
                    issued.token().id(),
                    it -> it.described("phone", "", Map.of("a", "b")),
                    TestChanges.AUTHOR));
    assertThat(renamed.name()).isEqualTo("phone");
    assertThat(renamed.token()).isEqualTo(issued.token().token());
    assertThat(read(issued.token().id())).isEqualTo(renamed);
    AuditEntry entry = entries().getLast().entry();
    assertThat(entry.before())
        .isEqualTo(Map.of("name", "laptop", "description", "for work", "tag:team", "blue"));
    assertThat(entry.after()).isEqualTo(Map.of("name", "phone", "tag:a", "b"));
  }

  @Test
  void makesEveryChangeOfManyAtOnce() {
    String id = create().token().id();
    List<CompletableFuture<Outcome<TokenDetails>>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String tag = "tag-" + i;
      all.add(
          registrar
              .tokens()
              .describe(id, it -> tagged(it, tag), TestChanges.AUTHOR)
              .toCompletableFuture());
    }
    all.forEach(each -> done(each));
    assertThat(read(id).tags()).hasSize(9);
    assertIntact();
  }

  private static TokenDetails tagged(TokenDetails token, String tag) {
    Map<String, String> tags = new TreeMap<>(token.tags());
    tags.put(tag, "");
    return token.described(token.name(), token.description(), tags);
  }

  @Test
  void writesNothingWhereNothingDiffers() {
    IssuedToken issued = create();
    done(registrar.tokens().describe(issued.token().id(), it -> it, TestChanges.AUTHOR));
    assertThat(actions()).containsExactly("principal.create", "token.create");
  }

  @Test
  void renewsATokenThatHasExpired() {
    IssuedToken issued = create(Optional.of(NOW.plusSeconds(60)));
    pass(Duration.ofSeconds(60));
    assertThat(status(issued)).isEqualTo(TokenStatus.EXPIRED);
    Instant end = NOW.plusSeconds(120);
    done(registrar.tokens().renew(issued.token().id(), Optional.of(end), TestChanges.AUTHOR));
    assertThat(status(issued)).isEqualTo(TokenStatus.ACTIVE);
    assertThat(presented(issued).expiresAt()).contains(end);
  }

  @Test
  void renewsNoTokenThatIsRevokedOrWasRegenerated() {
    IssuedToken revoked = create();
    revoke(revoked);
    assertConflict(
        registrar
            .tokens()
            .renew(revoked.token().id(), Optional.of(NOW.plusSeconds(9)), TestChanges.AUTHOR),
        "token");
    IssuedToken old = create();
    regenerated(old, Duration.ofSeconds(30));
    assertConflict(
        registrar
            .tokens()
            .renew(old.token().id(), Optional.of(NOW.plusSeconds(99)), TestChanges.AUTHOR),
        "token");
    assertThat(presented(old).expiresAt()).contains(NOW.plusSeconds(30));
  }

  @Test
  void regeneratesWithAGraceThatIsExactToTheSecond() {
    IssuedToken old = create();
    IssuedToken fresh = regenerated(old, Duration.ofSeconds(7));
    pass(Duration.ofSeconds(7).minusMillis(1));
    assertThat(status(old)).isEqualTo(TokenStatus.ACTIVE);
    assertThat(status(fresh)).isEqualTo(TokenStatus.ACTIVE);
    pass(Duration.ofMillis(1));
    assertThat(status(old)).isEqualTo(TokenStatus.EXPIRED);
    assertThat(status(fresh)).isEqualTo(TokenStatus.ACTIVE);
  }

  @Test
  void regeneratesWithTheSameScopesLimitsAndDescription() {
    IssuedToken old = create(Optional.of(NOW.plusSeconds(900)));
    TokenDetails fresh = regenerated(old, Duration.ZERO).token();
    assertThat(fresh.id()).isNotEqualTo(old.token().id());
    assertThat(fresh.token().scopes()).isEqualTo(old.token().token().scopes());
    assertThat(fresh.token().limits()).isEqualTo(old.token().token().limits());
    assertThat(fresh.token().expiresAt()).contains(NOW.plusSeconds(900));
    assertThat(fresh.name()).isEqualTo("laptop");
    assertThat(fresh.tags()).isEqualTo(Map.of("team", "blue"));
    assertThat(fresh.replaces()).contains(old.token().id());
    assertThat(read(old.token().id()).replacedBy()).contains(fresh.id());
  }

  @Test
  void revokesTheOldOneAtOnceWithoutAGrace() {
    IssuedToken old = create();
    regenerated(old, Duration.ZERO);
    assertThat(status(old)).isEqualTo(TokenStatus.REVOKED);
  }

  @Test
  void regeneratesAnExpiredTokenWithAnEndOfItsOwn() {
    IssuedToken old = create(Optional.of(NOW.plusSeconds(5)));
    pass(Duration.ofSeconds(5));
    IssuedToken fresh = done(regenerate(old, Duration.ZERO, Optional.of(NOW.plusSeconds(900))));
    assertThat(status(fresh)).isEqualTo(TokenStatus.ACTIVE);
    assertThat(status(old)).isEqualTo(TokenStatus.REVOKED);
  }

  @Test
  void neverLetsAGraceOutliveTheOldOnesOwnEnd() {
    IssuedToken old = create(Optional.of(NOW.plusSeconds(5)));
    done(regenerate(old, Duration.ofDays(1), Optional.of(NOW.plusSeconds(900))));
    assertThat(presented(old).expiresAt()).contains(NOW.plusSeconds(5));
  }

  @Test
  void regeneratesNoTokenThatIsRevokedOrExpiredOrWasRegenerated() {
    IssuedToken revoked = create();
    revoke(revoked);
    assertConflict(regenerate(revoked, Duration.ZERO, Optional.empty()), "token");
    IssuedToken expired = create(Optional.of(NOW.plusSeconds(1)));
    IssuedToken twice = create();
    regenerated(twice, Duration.ofSeconds(50));
    assertConflict(regenerate(twice, Duration.ZERO, Optional.empty()), "token");
    pass(Duration.ofSeconds(1));
    assertConflict(regenerate(expired, Duration.ZERO, Optional.empty()), "token");
  }

  @Test
  void hasOneWinnerAmongManyWhoRegenerateAtOnce() {
    IssuedToken old = create();
    List<CompletableFuture<Outcome<IssuedToken>>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(regenerate(old, Duration.ofSeconds(60), Optional.empty()));
    }
    assertThat(all.stream().filter(it -> Answers.of(it) instanceof Outcome.Done)).hasSize(1);
    assertThat(all.stream().filter(it -> Answers.of(it) instanceof Outcome.Conflict)).hasSize(7);
    assertThat(done(registry().countTokens("ada"))).isEqualTo(2);
  }

  @Test
  void answersManyOfTheSameRequestToRegenerateWithTheSameSecret() {
    IssuedToken old = create();
    List<CompletableFuture<Outcome<IssuedToken>>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(
          registrar
              .regeneration()
              .regenerate(
                  old.token().id(),
                  new Regeneration.Terms(
                      Duration.ofSeconds(60), Optional.empty(), Optional.empty()),
                  TestChanges.AUTHOR,
                  REQUEST)
              .toCompletableFuture());
    }
    assertThat(all.stream().map(it -> done(it).secret().reveal()).distinct()).hasSize(1);
    assertThat(done(registry().countTokens("ada"))).isEqualTo(2);
  }

  @Test
  void keepsNoMoreThanTwoGoodInARowOfRegenerations() {
    IssuedToken first = create();
    IssuedToken second = regenerated(first, Duration.ofHours(1));
    IssuedToken third = regenerated(second, Duration.ofHours(1));
    assertIntact();
    assertThat(actions())
        .containsExactly(
            "principal.create",
            "token.create",
            "token.regenerate",
            "token.create",
            "token.regenerate",
            "token.create",
            "token.revoke");
    assertThat(status(first)).isEqualTo(TokenStatus.REVOKED);
    assertThat(status(second)).isEqualTo(TokenStatus.ACTIVE);
    assertThat(status(third)).isEqualTo(TokenStatus.ACTIVE);
  }

  private static String sha256(String secret) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void importsASecretOnceHoweverItIsKept() throws Exception {
    String sha256 = sha256("w3i21te088qskae7p54nt7gm48ajqb2606f5801s");
    TokenDetails imported =
        done(
            registrar
                .importation()
                .importToken(
                    sha256, draft(Optional.empty()), Optional.of(NOW), ada, TestChanges.AUTHOR));
    List<TokenHash> candidates =
        PEPPERS.candidates(SecretText.of("w3i21te088qskae7p54nt7gm48ajqb2606f5801s"), true);
    assertThat(Answers.found(store().token(candidates.getFirst()))).isEqualTo(imported.token());
    assertThat(candidates.getFirst().text()).doesNotContain(sha256);
    PepperRing rotated = new PepperRing(TestTokens.pepper("p2"), List.of(TestTokens.pepper("p1")));
    for (PepperRing ring : List.of(PEPPERS, rotated)) {
      assertThat(
              Answers.of(
                  Registrar.of(registry(), ring, new InMemoryParameters(), this)
                      .importation()
                      .importToken(
                          sha256,
                          draft(Optional.empty()),
                          Optional.empty(),
                          ada,
                          TestChanges.AUTHOR)))
          .isEqualTo(new Outcome.Conflict<>("sha256", imported.id()));
    }
  }

  @Test
  void revokesAllTokensThatAFilterLetsThrough() {
    List<IssuedToken> all = IntStream.range(0, 450).mapToObj(i -> create()).toList();
    revoke(all.getFirst());
    long revoked =
        done(
            registrar
                .revocation()
                .revoke(TokenFilter.ofPrincipal("ada"), Optional.of("leak"), TestChanges.AUTHOR));
    assertThat(revoked).isEqualTo(449);
    assertThat(all).allSatisfy(it -> assertThat(status(it)).isEqualTo(TokenStatus.REVOKED));
    assertThat(read(all.getLast().token().id()).revokedReason()).contains("leak");
    assertIntact();
  }
}
