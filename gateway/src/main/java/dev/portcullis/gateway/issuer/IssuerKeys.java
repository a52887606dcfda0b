package dev.portcullis.gateway.issuer;

import static java.lang.System.Logger.Level.WARNING;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.portcullis.gateway.meter.IdentityMeters;
import dev.portcullis.policy.Issuer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer, as they were last fetched. They are fetched anew when they are 5 minutes
 * old, while the old ones serve on, and for a key that is not among them; they serve for an hour
 * where they cannot be had. Safe for threads; nobody waits but who needs a key that is not there.
 */
final class IssuerKeys {
  /** Whether an issuer has a key. */
  sealed interface Answer {}

  /** It has this one. */
  record Found(JWK key, KeySet among) implements Answer {}

  /** It has no such key. */
  record Absent() implements Answer {}

  /** Nobody can tell. */
  record Unavailable() implements Answer {}

  /** The age at which they are fetched anew. */
  static final Duration FRESH = Duration.ofMinutes(5);

  /** The age from which they are good no more. */
  static final Duration TRUSTED = Duration.ofHours(1);

  /** The least time between two fetches where there are keys: any client can name a key. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  /** The least time between two fetches where there are none. */
  static final Duration PAUSE_WITHOUT = Duration.ofSeconds(1);

  private record Fetched(KeySet keys, long at) {}

  private record Attempt(long begun, CompletableFuture<Boolean> worked) {}

  private static final System.Logger LOG = System.getLogger(IssuerKeys.class.getName());

  private final Issuer issuer;
  private final KeySource source;
  private final IdentityMeters meters;
  private final Ticker ticker;
  private volatile @Nullable Fetched fetched;
  private @Nullable Attempt latest;

  /** Those of this issuer, not fetched yet. */
  IssuerKeys(Issuer issuer, KeySource source, IdentityMeters meters, Ticker ticker) {
    this.issuer = issuer;
    this.source = source;
    this.meters = meters;
    this.ticker = ticker;
  }

  /** Begins to fetch them where they are not there. */
  void prepare() {
    if (current().isEmpty()) {
      fetch(PAUSE_WITHOUT);
    }
  }

  /** Those that are good now; the same object as long as nothing was changed in them. */
  Optional<KeySet> current() {
    Fetched last = fetched;
    if (last == null) {
      return Optional.empty();
    }
    long age = ticker.read() - last.at;
    if (age >= FRESH.toNanos()) {
      fetch(PAUSE);
    }
    return age >= TRUSTED.toNanos() ? Optional.empty() : Optional.of(last.keys);
  }

  /** The key that signed a token with this header. Complete already where it is there. */
  CompletionStage<Answer> find(JWSHeader header) {
    Optional<KeySet> known = current();
    Optional<Answer> found = select(known, header);
    return found.isPresent()
        ? CompletableFuture.completedStage(found.get())
        : fetch(known.isPresent() ? PAUSE : PAUSE_WITHOUT)
            .thenApply(worked -> select(current(), header).orElseGet(() -> missing(worked)));
  }

  private static Optional<Answer> select(Optional<KeySet> keys, JWSHeader header) {
    return keys.flatMap(set -> set.select(header).map(key -> new Found(key, set)));
  }

  private static Answer missing(boolean fetched) {
    return fetched ? new Absent() : new Unavailable();
  }

  /** Whether the fetch worked that is under way, was made within the pause, or begins here. */
  private synchronized CompletionStage<Boolean> fetch(Duration pause) {
    long now = ticker.read();
    Attempt last = latest;
    if (last == null || (last.worked.isDone() && now - last.begun >= pause.toNanos())) {
      last = new Attempt(now, source.fetch(issuer.keys()).handle(this::keep).toCompletableFuture());
      latest = last;
    }
    return last.worked;
  }

  private boolean keep(@Nullable KeySet keys, @Nullable Throwable failure) {
    meters.keysFetched(issuer.name(), keys != null);
    if (keys == null) {
      LOG.log(WARNING, "the keys of issuer {0} cannot be had: {1}", issuer.name(), failure);
      return false;
    }
    Fetched last = fetched;
    KeySet kept = last != null && last.keys.sameAs(keys) ? last.keys : keys;
    fetched = new Fetched(kept, ticker.read());
    return true;
  }
}
