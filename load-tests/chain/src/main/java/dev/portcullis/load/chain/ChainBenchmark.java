package dev.portcullis.load.chain;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.ExposedTokens;
import dev.portcullis.gateway.decision.ForeignTokens;
import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.gateway.decision.TokenSources;
import dev.portcullis.gateway.decision.Witness;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.token.CacheSettings;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.NearCache;
import dev.portcullis.gateway.token.Pepper;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The decision over one request, wired as in the gateway: near cache, lent permits, throttle and
 * clocks are the gateway's own; the store and the counts, which are not to be asked, stand in
 * memory. The head is as the socket gave it, and the route is matched already.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChainBenchmark {
  /** No heartbeat proves, while one measures, that nothing was missed. */
  private static final CacheSettings CACHE =
      new CacheSettings(
          CacheSettings.DEFAULT.tokens(),
          CacheSettings.DEFAULT.principals(),
          CacheSettings.DEFAULT.unknown(),
          Duration.ofDays(1),
          CacheSettings.DEFAULT.unknownFor());

  private static final int FIRST_READS = 2;

  private final Ticker ticker = Ticker.systemTicker();
  private final PepperRing peppers = new PepperRing(pepper(), List.of());
  private final MintedSecret minted = peppers.mint("pc_", Salt.fresh());
  private final OneToken store = new OneToken(minted.hash());
  private final AuthChain chain = chain(Optional.of(Limit.ofToken("300 per minute")));
  private final AuthChain unthrottled = chain(Optional.empty());
  private final RequestHead good = Requests.head(Requests.FREE, minted.secret().reveal());
  private final RouteMatch free = Requests.match(good);
  private final RequestHead counted = Requests.head(Requests.LEASED, minted.secret().reveal());
  private final RouteMatch leased = Requests.match(counted);
  private final RequestHead forged = Requests.head(Requests.FREE, forged(minted));

  private AuthChain chain(Optional<Limit> failures) {
    NearCache cache = new NearCache(store, CACHE, ticker);
    cache.connected();
    cache.confirmed(ticker.read());
    return new AuthChain(
        new TokenSources(peppers, cache, ForeignTokens.NONE),
        new RateLimiter(new FullBuckets(), RateLimiter.DEFAULT_SIZE, ticker),
        new FailureThrottle(failures, FailureThrottle.DEFAULT_SIZE, ticker),
        ExposedTokens.IGNORED,
        Duration.ofMillis(200),
        InstantSource.system(),
        ticker::read);
  }

  private static Pepper pepper() {
    byte[] key = new byte[Pepper.MIN_BYTES];
    new SecureRandom().nextBytes(key);
    return Pepper.of("p1", key);
  }

  private static String forged(MintedSecret minted) {
    String secret = minted.secret().reveal();
    return secret.substring(0, secret.length() - 1) + (secret.endsWith("a") ? 'b' : 'a');
  }

  /** Fills the cache, and proves that each benchmark decides as it should. */
  @Setup
  public void fill() {
    require(made(cached()) instanceof Decision.Allowed, "cached");
    require(made(leased()) instanceof Decision.Allowed, "leased");
    require(
        made(forged()) instanceof Decision.Denied denied && denied.reason() == Reason.TOKEN_UNKNOWN,
        "forged");
  }

  /** Proves that nothing asked the store since. */
  @TearDown
  public void reads() {
    require(store.reads() == FIRST_READS, "the store was read " + store.reads() + " times");
  }

  private static Decision made(CompletionStage<Decision> stage) {
    return stage.toCompletableFuture().join();
  }

  private static void require(boolean so, String what) {
    if (!so) {
      throw new IllegalStateException(what);
    }
  }

  /** A cached token, all checks, no limit. */
  @Benchmark
  public CompletionStage<Decision> cached() {
    return chain.decide(good, free, Witness.NOBODY);
  }

  /** The same, counted by one leased limit. */
  @Benchmark
  public CompletionStage<Decision> leased() {
    return chain.decide(counted, leased, Witness.NOBODY);
  }

  /** A token with false check characters, from an address that may fail as often as it likes. */
  @Benchmark
  public CompletionStage<Decision> forged() {
    return unthrottled.decide(forged, free, Witness.NOBODY);
  }
}
