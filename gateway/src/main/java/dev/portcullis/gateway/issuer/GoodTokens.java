package dev.portcullis.gateway.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.decision.Verification;
import dev.portcullis.policy.Issuer;
import java.time.Duration;
import java.util.Optional;

/**
 * Tokens whose signatures were good, so that a hot one costs none. They are remembered as long as
 * their issuer's keys stay as they were: a token is good no more whose key was withdrawn. What is
 * remembered are facts; whether a token has expired is asked at each request.
 */
final class GoodTokens {
  private static final int SIZE = 10_000;
  private static final Duration UNUSED = Duration.ofMinutes(10);

  /** A text by its SHA-256, and all of the policy that it was judged by. */
  private record Key(String digest, Issuer issuer) {}

  private record Good(Verification.Known known, KeySet keys) {}

  private final Cache<Key, Good> tokens;

  GoodTokens(Ticker ticker) {
    tokens =
        Caffeine.newBuilder().maximumSize(SIZE).expireAfterAccess(UNUSED).ticker(ticker).build();
  }

  void remember(String digest, Issuer issuer, KeySet keys, Verification.Known known) {
    tokens.put(new Key(digest, issuer), new Good(known, keys));
  }

  /** What is known of the text, if these are still the keys by which it was verified. */
  Optional<Verification> recall(String digest, Issuer issuer, IssuerKeys keys) {
    Good good = tokens.getIfPresent(new Key(digest, issuer));
    return good != null && keys.current().filter(good.keys::equals).isPresent()
        ? Optional.of(good.known)
        : Optional.empty();
  }
}
