package dev.portcullis.gateway.assertion;

import static dev.portcullis.gateway.assertion.AssertionKey.BASE64URL;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.temporal.ChronoUnit.SECONDS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.decision.Decision.Allowed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The signing of assertions: JWTs (RFC 7519) in compact form, signed with Ed25519 (RFC 8037), good
 * for a minute at most and never beyond the token. One serves all requests that it says the truth
 * of, as long as half a minute of it is left. Safe for threads.
 */
public final class Assertions {
  /** How long one is good at most. */
  static final Duration LIFETIME = Duration.ofSeconds(60);

  /** The least of its time that one still has when it is sent, unless the token has less. */
  static final Duration LEFT = Duration.ofSeconds(30);

  private static final int REMEMBERED = 10_000;
  private static final JsonMapper JSON = new JsonMapper();

  /** All that decides over what an assertion says: no two identities ever share one. */
  private record Key(AssertedIdentity identity, String keyId) {}

  private record Signed(String text, Instant expires) {}

  private record Header(String alg, String kid, String typ) {}

  private final String issuer;
  private final KeyRing ring;
  private final InstantSource clock;
  private final Cache<Key, Signed> signed;
  private final LongAdder signatures = new LongAdder();

  /**
   * None signed so far.
   *
   * @param issuer the claim {@code iss} of all of them
   */
  public Assertions(String issuer, KeyRing ring, InstantSource clock, Ticker ticker) {
    this.issuer = issuer;
    this.ring = ring;
    this.clock = clock;
    this.signed =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(LIFETIME)
            .ticker(ticker)
            .build();
  }

  /**
   * An assertion of who is asking.
   *
   * @param api who it is for
   * @param scope what the token may do there, separated by spaces
   */
  public String of(Allowed allowed, String api, String scope) {
    AssertedIdentity identity = AssertedIdentity.of(allowed, api, scope);
    AssertionKey with = ring.current();
    Instant now = clock.instant();
    Key key = new Key(identity, with.id());
    Signed known = signed.getIfPresent(key);
    if (known != null && serves(known, identity, now)) {
      return known.text;
    }
    return signed
        .asMap()
        .compute(
            key,
            (_, found) ->
                found != null && serves(found, identity, now) ? found : sign(identity, with, now))
        .text;
  }

  private static boolean serves(Signed assertion, AssertedIdentity identity, Instant now) {
    return !assertion.expires.isBefore(within(identity.end(), now.plus(LEFT)));
  }

  /** The instant, or the token's end in whole seconds, as claims are, where that is earlier. */
  private static Instant within(Optional<Instant> end, Instant instant) {
    return end.map(each -> each.truncatedTo(SECONDS))
        .filter(each -> each.isBefore(instant))
        .orElse(instant);
  }

  private Signed sign(AssertedIdentity identity, AssertionKey with, Instant now) {
    Instant issued = now.truncatedTo(SECONDS);
    Instant expires = within(identity.end(), issued.plus(LIFETIME));
    String input =
        encoded(new Header(AssertionKey.ALGORITHM, with.id(), "JWT"))
            + "."
            + encoded(identity.claims(issuer, issued, expires));
    byte[] signature = with.pair().sign(input.getBytes(US_ASCII));
    signatures.increment();
    return new Signed(input + "." + BASE64URL.encodeToString(signature), expires);
  }

  private static String encoded(Object members) {
    return BASE64URL.encodeToString(JSON.writeValueAsBytes(members));
  }

  /** How many were signed. */
  public long signatures() {
    return signatures.sum();
  }
}
