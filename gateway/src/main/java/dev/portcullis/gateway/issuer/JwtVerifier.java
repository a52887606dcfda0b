package dev.portcullis.gateway.issuer;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.jwk.JWK;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.ForeignTokens;
import dev.portcullis.gateway.decision.Verification;
import dev.portcullis.gateway.meter.IdentityMeters;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Sha256;
import dev.portcullis.policy.Issuer;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * Verifies access tokens of other issuers by the keys that these publish. A signature costs some
 * tenths of a millisecond of the caller's time, once a token; no caller ever waits for keys.
 */
public final class JwtVerifier implements ForeignTokens, AutoCloseable {
  private static final Duration RETRY_AFTER_OUTAGE = Duration.ofSeconds(1);

  private record Place(String issuer, URI keys) {}

  private final KeySource source;
  private final IdentityMeters meters;
  private final InstantSource clock;
  private final Ticker ticker;
  private final ConcurrentMap<Place, IssuerKeys> keys = new ConcurrentHashMap<>();
  private final GoodTokens good;

  /** One that fetches keys over HTTP, and has fetched none yet. */
  public JwtVerifier(IdentityMeters meters, InstantSource clock, Ticker ticker) {
    this(new HttpKeySource(HttpKeySource.PATIENCE), meters, clock, ticker);
  }

  JwtVerifier(KeySource source, IdentityMeters meters, InstantSource clock, Ticker ticker) {
    this.source = source;
    this.meters = meters;
    this.clock = clock;
    this.ticker = ticker;
    this.good = new GoodTokens(ticker);
  }

  /** Begins to fetch the keys that these policies need, and forgets all others. */
  public void expect(Collection<Policy> policies) {
    List<Issuer> issuers = policies.stream().flatMap(p -> p.issuers().stream()).toList();
    keys.keySet().retainAll(issuers.stream().map(JwtVerifier::place).collect(Collectors.toSet()));
    issuers.forEach(issuer -> keysOf(issuer).prepare());
  }

  @Override
  public Optional<CompletionStage<Verification>> verify(SecretText text, Policy policy) {
    if (!UnverifiedJwt.hasForm(text.reveal())) {
      return Optional.empty();
    }
    String digest = Sha256.hex(text.reveal());
    Optional<Verification> known = recall(digest, policy);
    return known.isPresent()
        ? known.map(CompletableFuture::completedStage)
        : UnverifiedJwt.read(text.reveal())
            .flatMap(
                jwt -> issuer(jwt, policy.issuers()).map(issuer -> verify(jwt, digest, issuer)));
  }

  @Override
  public ForeignTokens remembered() {
    return (text, policy) ->
        UnverifiedJwt.hasForm(text.reveal())
            ? recall(Sha256.hex(text.reveal()), policy).map(CompletableFuture::completedStage)
            : Optional.empty();
  }

  private Optional<Verification> recall(String digest, Policy policy) {
    for (Issuer issuer : policy.issuers()) {
      Optional<Verification> known = good.recall(digest, issuer, keysOf(issuer));
      if (known.isPresent()) {
        return known;
      }
    }
    return Optional.empty();
  }

  /** The issuer that it claims; of several for other audiences, the one for an audience of its. */
  private static Optional<Issuer> issuer(UnverifiedJwt jwt, List<Issuer> issuers) {
    List<Issuer> claimed =
        issuers.stream().filter(i -> i.issuer().equals(jwt.claims().getIssuer())).toList();
    return claimed.stream()
        .filter(issuer -> jwt.claims().getAudience().contains(issuer.audience()))
        .findFirst()
        .or(() -> claimed.stream().findFirst());
  }

  private CompletionStage<Verification> verify(UnverifiedJwt jwt, String digest, Issuer issuer) {
    return switch (AccessTokenClaims.read(jwt.claims(), digest, issuer, clock.instant())) {
      case Verification.Refused refused -> CompletableFuture.completedStage(refused);
      case Verification.Known known ->
          switch (JwtSignature.of(jwt, issuer)) {
            case JwtSignature.Unfit(String detail) ->
                CompletableFuture.completedStage(AccessTokenClaims.refused(detail));
            case JwtSignature.Fit signature ->
                keysOf(issuer)
                    .find(signature.header())
                    .thenApply(answer -> judge(answer, signature, known, digest, issuer));
          };
    };
  }

  private Verification judge(
      IssuerKeys.Answer answer,
      JwtSignature.Fit signature,
      Verification.Known known,
      String digest,
      Issuer issuer) {
    return switch (answer) {
      case IssuerKeys.Absent _ -> AccessTokenClaims.refused("its issuer has no such key");
      case IssuerKeys.Unavailable _ ->
          new Verification.Refused(
              Denied.because(Reason.STORE_UNAVAILABLE, "the issuer's keys cannot be had")
                  .retryAfter(RETRY_AFTER_OUTAGE));
      case IssuerKeys.Found(JWK key, KeySet among) when signature.isBy(key) -> {
        good.remember(digest, issuer, among, known);
        yield known;
      }
      case IssuerKeys.Found _ -> AccessTokenClaims.refused("its signature is not its issuer's");
    };
  }

  private IssuerKeys keysOf(Issuer issuer) {
    return keys.computeIfAbsent(place(issuer), _ -> new IssuerKeys(issuer, source, meters, ticker));
  }

  private static Place place(Issuer issuer) {
    return new Place(issuer.name(), issuer.keys());
  }

  @Override
  public void close() {
    source.close();
  }
}
