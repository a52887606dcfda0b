package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.limit.InMemoryBuckets;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.token.FakeTicker;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A chain before a store that is a few maps, for tests of it to extend. */
abstract class ChainKit {
  protected static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  protected static final Duration PATIENCE = Duration.ofMillis(20);
  protected static final String POLICY =
      """
      api: logs
      upstream: http://127.0.0.1:9000
      credentials: [bearer]
      email: optional
      organization-header: X-Org
      roles: {reader: ["dataset/*:read"]}
      routes:
        - match: POST,GET /datasets/{dataset}/ingest
          scopes: ["dataset/{dataset}/ingest:create"]
        - match: GET /datasets/{dataset}
          scopes: ["dataset/{dataset}:read", "org/datasets:read"]
        - match: GET /roles/{dataset}
          scopes: ["dataset/{dataset}:read"]
        - match: GET /any
          scopes: []
        - match: GET /open
          public: true
      """;

  protected final PepperRing peppers = TestTokens.ring();
  protected final MintedSecret minted = peppers.mint("pc_", Salt.fresh());
  protected final InMemoryStore store = new InMemoryStore();
  protected String policy = POLICY;
  protected Duration patience = PATIENCE;
  protected final FakeTicker ticker = new FakeTicker();
  protected final InMemoryBuckets buckets = new InMemoryBuckets();
  protected Optional<Limit> failures = Optional.empty();
  protected ForeignTokens otherIssuers = ForeignTokens.NONE;
  protected ExposedTokens exposed = ExposedTokens.IGNORED;

  protected void given(Token token, Principal principal) {
    store.with(principal).with(minted.hash(), token);
  }

  protected TestRequests bearer(String target) {
    return TestRequests.get(target).with("Authorization", "Bearer " + minted.secret().reveal());
  }

  protected AuthChain chain(TokenStore store) {
    return chain(peppers, store);
  }

  protected AuthChain chain(PepperRing ring, TokenStore store) {
    return new AuthChain(
        new TokenSources(ring, store, otherIssuers),
        new RateLimiter(buckets, 100, ticker),
        new FailureThrottle(failures, 100, ticker),
        exposed,
        patience,
        () -> NOW,
        ticker::read);
  }

  protected CompletionStage<Decision> decide(TestRequests request, AuthChain chain) {
    return chain.decide(request.head(), match(request.head()), Witness.NOBODY);
  }

  protected Decision decide(TestRequests request) {
    CompletionStage<Decision> stage = decide(request, chain(store));
    assertThat(stage).isCompleted();
    return stage.toCompletableFuture().join();
  }

  protected void assertDenied(TestRequests request, Reason reason) {
    assertThat(reason(decide(request))).isEqualTo(reason);
  }

  protected static Reason reason(Decision decision) {
    assertThat(decision).isInstanceOf(Denied.class);
    return ((Denied) decision).reason();
  }

  protected RouteMatch match(RequestHead head) {
    PolicyReader.Result result = PolicyReader.read("test.yaml", policy);
    assertThat(result).isInstanceOf(PolicyReader.Read.class);
    return Policies.of(1, ((PolicyReader.Read) result).policies())
        .index()
        .match(head.method(), head.path())
        .orElseThrow();
  }
}
