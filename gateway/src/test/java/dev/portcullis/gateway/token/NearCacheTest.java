package dev.portcullis.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import dev.portcullis.gateway.registry.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NearCacheTest {
  private static final TokenHash HASH = hash(0);
  private static final TokenHash OTHER = hash(1);
  private static final Lookup<Token> FOUND = new Lookup.Found<>(TestTokens.active());
  private static final Lookup<Token> REVOKED = new Lookup.Found<>(TestTokens.revoked());
  private static final Duration STALENESS = Duration.ofSeconds(5);
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(2);
  private static final CacheSettings SETTINGS =
      new CacheSettings(100, 100, 100, STALENESS, UNKNOWN_FOR);

  private final FakeTicker ticker = new FakeTicker();
  private final InMemoryStore store =
      new InMemoryStore().with(TestPrincipals.user()).with(HASH, TestTokens.active());
  private final NearCache cache = new NearCache(store, SETTINGS, ticker);

  @BeforeEach
  void connect() {
    cache.connected();
    cache.confirmed(ticker.read());
  }

  private static TokenHash hash(int number) {
    return new TokenHash("p1:%064x".formatted(number));
  }

  private static <T> Lookup<T> now(CompletionStage<Lookup<T>> stage) {
    CompletableFuture<Lookup<T>> future = stage.toCompletableFuture();
    assertThat(future).isDone();
    return future.join();
  }

  private Cache<?, ?> named(String name) {
    return Objects.requireNonNull(cache.caches().get(name));
  }

  @Test
  void readsATokenOnce() {
    for (int i = 0; i < 1000; i++) {
      assertThat(now(cache.token(HASH))).isEqualTo(FOUND);
    }
    assertThat(store.reads()).isEqualTo(1);
  }

  @Test
  void handsOutTheSameCompletedStageAtEveryHit() {
    now(cache.token(HASH));
    CompletionStage<Lookup<Token>> hit = cache.token(HASH);
    assertThat((Object) cache.token(HASH)).isSameAs(hit);
  }

  @Test
  void readsAPrincipalOnce() {
    now(cache.principal("ada"));
    assertThat(now(cache.principal("ada"))).isEqualTo(new Lookup.Found<>(TestPrincipals.user()));
    assertThat(store.reads()).isEqualTo(1);
  }

  @Test
  void readsATokenAgainWhenItChanged() {
    now(cache.token(HASH));
    store.with(HASH, TestTokens.revoked());
    cache.tokenChanged(HASH);
    assertThat(now(cache.token(HASH))).isEqualTo(REVOKED);
  }

  @Test
  void readsAPrincipalAgainWhenItChanged() {
    now(cache.principal("ada"));
    store.with(TestPrincipals.disabled());
    cache.principalChanged("ada");
    assertThat(now(cache.principal("ada")))
        .isEqualTo(new Lookup.Found<>(TestPrincipals.disabled()));
  }

  @Test
  void keepsOneTokenWhenAnotherChanged() {
    now(cache.token(HASH));
    cache.tokenChanged(OTHER);
    now(cache.token(HASH));
    assertThat(store.reads()).isEqualTo(1);
  }

  @Test
  void readsEverythingAgainWhenEverythingMayHaveChanged() {
    now(cache.token(HASH));
    now(cache.principal("ada"));
    cache.everythingChanged();
    now(cache.token(HASH));
    now(cache.principal("ada"));
    assertThat(store.reads()).isEqualTo(4);
  }

  @Test
  void cachesAgainAfterEverythingChanged() {
    cache.everythingChanged();
    now(cache.token(HASH));
    now(cache.token(HASH));
    assertThat(store.reads()).isEqualTo(1);
  }

  @Test
  void keepsAnUnknownTokenForTwoSeconds() {
    now(cache.token(OTHER));
    ticker.advance(UNKNOWN_FOR.minusMillis(1));
    assertThat(now(cache.token(OTHER))).isEqualTo(new Lookup.Absent<>());
    assertThat(store.reads()).isEqualTo(1);
    ticker.advance(Duration.ofMillis(1));
    now(cache.token(OTHER));
    assertThat(store.reads()).isEqualTo(2);
  }

  @Test
  void knowsAnUnknownTokenAsSoonAsItIsCreated() {
    now(cache.token(OTHER));
    store.with(OTHER, TestTokens.active());
    cache.tokenChanged(OTHER);
    assertThat(now(cache.token(OTHER))).isEqualTo(FOUND);
  }

  @Test
  void keepsAnUnreadableRecordLikeAnUnknownOne() {
    store.withUnreadable(OTHER, "scopes");
    now(cache.token(OTHER));
    assertThat(now(cache.token(OTHER))).isEqualTo(new Lookup.Unreadable<>("scopes"));
    assertThat(store.reads()).isEqualTo(1);
    ticker.advance(UNKNOWN_FOR);
    now(cache.token(OTHER));
    assertThat(store.reads()).isEqualTo(2);
  }

  @Test
  void doesNotRememberAnOutage() {
    store.switchOff();
    assertThat(now(cache.token(HASH))).isInstanceOf(Lookup.Unavailable.class);
    store.switchOn();
    assertThat(now(cache.token(HASH))).isEqualTo(FOUND);
  }

  @Test
  void servesWhatItHasInAnOutageUntilMaxStaleness() {
    now(cache.token(HASH));
    cache.disconnected();
    store.switchOff();
    ticker.advance(STALENESS);
    assertThat(now(cache.token(HASH))).isEqualTo(FOUND);
    assertThat(cache.staleServes()).isEqualTo(1);
    ticker.advance(Duration.ofNanos(1));
    assertThat(now(cache.token(HASH))).isInstanceOf(Lookup.Unavailable.class);
  }

  @Test
  void servesNothingThatWasNotConfirmedEvenWhileItBelievesToBeConnected() {
    now(cache.token(HASH));
    ticker.advance(STALENESS.plusNanos(1));
    now(cache.token(HASH));
    assertThat(store.reads()).isEqualTo(2);
  }

  @Test
  void servesForLongerAsLongAsItIsConfirmed() {
    now(cache.token(HASH));
    for (int i = 0; i < 100; i++) {
      ticker.advance(STALENESS);
      cache.confirmed(ticker.read());
      now(cache.token(HASH));
    }
    assertThat(store.reads()).isEqualTo(1);
    assertThat(cache.staleServes()).isZero();
  }

  @Test
  void cachesNothingNewWhileDisconnected() {
    cache.disconnected();
    now(cache.token(HASH));
    now(cache.token(HASH));
    assertThat(store.reads()).isEqualTo(2);
  }

  @Test
  void cachesNothingBeforeItIsConnectedForTheFirstTime() {
    NearCache fresh = new NearCache(store, SETTINGS, ticker);
    now(fresh.token(HASH));
    now(fresh.token(HASH));
    assertThat(store.reads()).isEqualTo(2);
  }

  @Test
  void dropsEverythingWhenReconnected() {
    now(cache.token(HASH));
    cache.disconnected();
    store.with(HASH, TestTokens.revoked());
    cache.connected();
    assertThat(now(cache.token(HASH))).isEqualTo(REVOKED);
  }

  @Test
  void movesARecordAgainOnlyAfterAMinuteHoweverOftenItIsMovedBack() {
    for (int i = 0; i < 3; i++) {
      Answers.of(cache.rehash(HASH, OTHER));
      Answers.of(store.rehash(OTHER, HASH));
    }
    ticker.advance(Duration.ofSeconds(59));
    Answers.of(cache.rehash(HASH, OTHER));
    assertThat(now(store.token(HASH))).isEqualTo(FOUND);
    ticker.advance(Duration.ofSeconds(1));
    Answers.of(cache.rehash(HASH, OTHER));
    assertThat(now(store.token(OTHER))).isEqualTo(FOUND);
  }

  @Test
  void boundsUnknownTokensAndKeepsTheGoodOne() {
    now(cache.token(HASH));
    for (int i = 0; i < 20_000; i++) {
      now(cache.token(hash(2 + i)));
    }
    cache.caches().values().forEach(each -> each.cleanUp());
    assertThat(named("unknown-tokens").estimatedSize()).isLessThanOrEqualTo(100);
    int before = store.reads();
    now(cache.token(HASH));
    assertThat(store.reads()).isEqualTo(before);
  }

  @Test
  void boundsKnownTokensAndStaysCorrect() {
    Token active = TestTokens.activeOf(TestPrincipals.user());
    Token revoked =
        TestTokens.revoked(TestTokens.activeOf(TestPrincipals.user()), TestTokens.CREATED);
    for (int i = 0; i < 1000; i++) {
      store.with(hash(i), i % 2 == 0 ? active : revoked);
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(now(cache.token(hash(i))))
          .isEqualTo(new Lookup.Found<>(i % 2 == 0 ? active : revoked));
    }
    cache.caches().values().forEach(each -> each.cleanUp());
    assertThat(named("tokens").estimatedSize()).isLessThanOrEqualTo(100);
    assertThat(named("tokens").stats().evictionCount()).isPositive();
  }

  @Nested
  class WithAReadUnderWay {
    private final DelayedStore slow = new DelayedStore();
    private final NearCache delayed = new NearCache(slow, SETTINGS, ticker);

    @BeforeEach
    void connect() {
      delayed.connected();
      delayed.confirmed(ticker.read());
    }

    private Lookup<Token> secondRead() {
      CompletionStage<Lookup<Token>> again = delayed.token(HASH);
      assertThat(slow.underWay()).as("a second read").isEqualTo(1);
      slow.answer(REVOKED);
      return now(again);
    }

    @Test
    void readsOnceForSixtyFourWaiting() {
      List<CompletionStage<Lookup<Token>>> waiting = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        waiting.add(delayed.token(HASH));
      }
      assertThat(slow.underWay()).isEqualTo(1);
      slow.answer(FOUND);
      assertThat(waiting).allSatisfy(stage -> assertThat(now(stage)).isEqualTo(FOUND));
    }

    @Test
    void discardsAFillThatAChangeOvertook() {
      CompletionStage<Lookup<Token>> first = delayed.token(HASH);
      delayed.tokenChanged(HASH);
      slow.answer(FOUND);
      assertThat(now(first)).isEqualTo(FOUND);
      assertThat(secondRead()).isEqualTo(REVOKED);
    }

    @Test
    void readsAnewForWhoAsksAfterTheChange() {
      CompletionStage<Lookup<Token>> before = delayed.token(HASH);
      delayed.tokenChanged(HASH);
      CompletionStage<Lookup<Token>> after = delayed.token(HASH);
      slow.answer(FOUND);
      slow.answer(REVOKED);
      assertThat(now(before)).isEqualTo(FOUND);
      assertThat(now(after)).isEqualTo(REVOKED);
      assertThat(now(delayed.token(HASH))).isEqualTo(REVOKED);
    }

    @Test
    void keepsTheSecondReadWhenTheFirstEndsLast() {
      delayed.token(HASH);
      delayed.tokenChanged(HASH);
      CompletionStage<Lookup<Token>> after = delayed.token(HASH);
      // the overtaken read ends while the second is under way: it must not stand in for it
      slow.answer(FOUND);
      assertThat(after.toCompletableFuture()).isNotDone();
    }

    @Test
    void discardsAFillThatBeganBeforeTheChannelCameBack() {
      delayed.disconnected();
      delayed.token(HASH);
      delayed.connected();
      slow.answer(FOUND);
      assertThat(secondRead()).isEqualTo(REVOKED);
    }

    @Test
    void discardsAFillThatBeganInAnEarlierConnection() {
      delayed.token(HASH);
      delayed.disconnected();
      delayed.connected();
      slow.answer(FOUND);
      assertThat(secondRead()).isEqualTo(REVOKED);
    }

    @Test
    void discardsAFillThatEndsWhileTheChannelIsDown() {
      delayed.token(HASH);
      delayed.disconnected();
      slow.answer(FOUND);
      assertThat(secondRead()).isEqualTo(REVOKED);
    }

    @Test
    void discardsAFillWhenEverythingChanged() {
      delayed.token(HASH);
      delayed.everythingChanged();
      slow.answer(FOUND);
      assertThat(secondRead()).isEqualTo(REVOKED);
    }

    @Test
    void letsNobodyWhoWaitsCancelItForTheOthers() {
      CompletionStage<Lookup<Token>> impatient = delayed.token(HASH);
      CompletionStage<Lookup<Token>> patient = delayed.token(HASH);
      impatient.toCompletableFuture().cancel(true);
      slow.answer(FOUND);
      assertThat(now(patient)).isEqualTo(FOUND);
    }
  }
}
