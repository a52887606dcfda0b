package dev.portcullis.gateway.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.token.CacheSettings;
import dev.portcullis.gateway.token.FakeTicker;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.NearCache;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Limits;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of addresses that show tokens which are no operator's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuessedTokensTest {
  private static final Principal OWNER =
      new Principal(
          "delegate",
          PrincipalKind.USER,
          Optional.empty(),
          Optional.empty(),
          true,
          GrantedScopes.parse(List.of("portcullis/tokens:*", "dataset/*:*")));

  private final TestClock clock = new TestClock();
  private final FakeTicker ticker = new FakeTicker();
  private final InMemoryStore store = new InMemoryStore(clock).with(OWNER);
  private final NearCache cache = new NearCache(store, CacheSettings.DEFAULT, ticker);
  private final ControlPlane plane =
      new ControlPlane(
          store,
          cache,
          clock,
          ticker,
          ControlPlane.settings(new Lifetimes(Map.of()), Optional.of(Limit.parse("3 per minute"))));
  private final Asker first = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);
  private int made;

  @BeforeEach
  void begin() {
    ticker.advance(Duration.ofMinutes(1));
    cache.connected();
    cache.confirmed(ticker.read());
  }

  @AfterAll
  void stop() {
    plane.close();
  }

  private Asker token(Optional<Duration> life) {
    MintedSecret minted = ControlPlane.PEPPERS.mint("pcpt_", Salt.fresh());
    String id = "token-" + made++;
    store.with(
        minted.hash(),
        new Token(
            id,
            OWNER.id(),
            TokenKind.PERSONAL,
            GrantedScopes.parse(List.of()),
            life.map(clock.instant()::plus),
            Optional.empty(),
            List.of(),
            Limits.NONE,
            id,
            Optional.empty()));
    return Asker.with(plane.uri(), minted.secret().reveal());
  }

  private Asker operator() {
    return token(Optional.empty());
  }

  private Asker guesser() {
    return Asker.with(
        plane.uri(), ControlPlane.PEPPERS.mint("pcpt_", Salt.fresh()).secret().reveal());
  }

  private static int ask(Asker asker) {
    return asker.get("/v1/tokens").status();
  }

  private void guess(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(ask(guesser())).isEqualTo(401);
    }
  }

  @Test
  void refusesWhoeverGuessedTooOftenAndReadsNothing() {
    guess(3);
    int before = store.reads();
    Asker.Answer refused = guesser().get("/v1/tokens");
    refused.isRefusal(429);
    assertThat(refused.header("Retry-After")).isEqualTo("20");
    assertThat(refused.at("/detail")).endsWith("try again in 20 s");
    assertThat(ask(operator())).as("one that is not known yet").isEqualTo(429);
    assertThat(store.reads()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "pcpt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "first-operator"})
  void countsTokensThatAreNoneWhateverTheyLookLike(String token) {
    for (int i = 0; i < 3; i++) {
      assertThat(ask(Asker.with(plane.uri(), token))).isEqualTo(401);
    }
    assertThat(ask(Asker.with(plane.uri(), token))).isEqualTo(429);
  }

  @Test
  void saysInWholeSecondsWhenToTryAgainAndThenLooksAgain() {
    guess(3);
    ticker.advance(Duration.ofMillis(18_999));
    assertThat(guesser().get("/v1/tokens").header("Retry-After")).isEqualTo("2");
    ticker.advance(Duration.ofMillis(1));
    assertThat(guesser().get("/v1/tokens").header("Retry-After")).isEqualTo("1");
    ticker.advance(Duration.ofSeconds(1));
    assertThat(ask(operator())).isEqualTo(200);
    guess(1);
    assertThat(ask(guesser())).isEqualTo(429);
  }

  @Test
  void letsTheFirstOperatorPassAlways() {
    guess(3);
    assertThat(ask(guesser())).isEqualTo(429);
    assertThat(ask(first)).isEqualTo(200);
  }

  @Test
  void letsAKnownTokenPassAndHoldsItToItsScopes() {
    Asker known = operator();
    assertThat(ask(known)).isEqualTo(200);
    guess(3);
    assertThat(ask(guesser())).isEqualTo(429);
    assertThat(ask(known)).isEqualTo(200);
    known.get("/v1/audit").isRefusal(403);
  }

  @Test
  void doesNotTellWhoGuessesThatAKnownTokenIsOver() {
    Asker known = token(Optional.of(Duration.ofMinutes(1)));
    assertThat(ask(known)).isEqualTo(200);
    guess(3);
    clock.advance(Duration.ofMinutes(1));
    assertThat(ask(known)).isEqualTo(429);
  }

  @Test
  void countsATokenThatIsOver() {
    Asker known = token(Optional.of(Duration.ofMinutes(1)));
    clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 3; i++) {
      assertThat(ask(known)).isEqualTo(401);
    }
    assertThat(ask(known)).isEqualTo(429);
  }

  @Test
  void countsNeitherMissingCredentialsNorMissingScopesNorAnOutage() {
    Asker operator = operator();
    for (int i = 0; i < 5; i++) {
      assertThat(ask(Asker.withoutToken(plane.uri()))).isEqualTo(401);
      operator.get("/v1/audit").isRefusal(403);
    }
    store.switchOff();
    for (int i = 0; i < 5; i++) {
      assertThat(ask(guesser())).isEqualTo(503);
    }
    store.switchOn();
    assertThat(ask(operator())).isEqualTo(200);
  }

  @Test
  void challengesWhoGuessedTooOftenAndNowShowsNothing() {
    guess(3);
    assertThat(ask(guesser())).isEqualTo(429);
    assertThat(ask(Asker.withoutToken(plane.uri()))).isEqualTo(401);
  }

  @Test
  void keepsNobodyFromGoingOnWithWhatWasBegunBefore() throws IOException {
    Asker known = operator();
    int before = first.get("/v1/tokens").ids().size();
    CompletableFuture<Asker.Answer> answer;
    try (PipedOutputStream sent = new PipedOutputStream()) {
      answer = known.lines("/v1/tokens/import", new PipedInputStream(sent, 65536));
      // The client sends by the buffer, so the rest of the buffer is blank lines.
      sent.write(line('a').getBytes(UTF_8));
      sent.write("\n".repeat(40_000).getBytes(UTF_8));
      sent.flush();
      await().untilAsserted(() -> assertThat(first.get("/v1/tokens").ids()).hasSize(before + 1));
      guess(3);
      assertThat(ask(guesser())).isEqualTo(429);
      cache.everythingChanged();
      assertThat(ask(known)).as("forgotten, so that it has to be looked up").isEqualTo(429);
      sent.write(line('b').getBytes(UTF_8));
    }
    assertThat(answer.join().lines())
        .filteredOn(it -> it.has("status"))
        .extracting(it -> it.get("status").asString())
        .containsExactly("created", "created");
  }

  private static String line(char digit) {
    return "{\"sha256\":\"%s\",\"principal\":\"delegate\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"]}\n"
        .formatted(String.valueOf(digit).repeat(64));
  }

  @Test
  void leavesATraceOfTheThrottledInTheTrail() {
    guess(3);
    assertThat(ask(guesser())).isEqualTo(429);
    List<String> details =
        first
            .get("/v1/audit?limit=200&actor=anonymous")
            .json()
            .get("items")
            .valueStream()
            .map(it -> it.get("detail").asString().substring(0, 3))
            .toList();
    assertThat(details).endsWith("401", "401", "401", "429");
  }
}
