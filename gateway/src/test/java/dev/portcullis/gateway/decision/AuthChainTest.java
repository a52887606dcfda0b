package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.Salt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Decision.Open;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthChainTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMillis(20);
  private static final String POLICY =
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

  private final PepperRing peppers = TestTokens.ring();
  private final MintedSecret minted = peppers.mint("pc", Salt.fresh());
  private final InMemoryStore store = new InMemoryStore();
  private String policy = POLICY;

  @Test
  void allowsAnActiveTokenOfItsPrincipal() {
    given(TestTokens.active(), TestPrincipals.user());
    assertThat(decide(bearer("/any")))
        .isEqualTo(new Allowed(TestTokens.active(), TestPrincipals.user()));
  }

  @Test
  void asksNobodyOnAPublicRoute() {
    assertThat(decide(TestRequests.get("/open"))).isEqualTo(new Open());
    assertThat(store.reads()).isZero();
  }

  @Test
  void deniesARequestWithoutCredentials() {
    assertDenied(TestRequests.get("/any"), Reason.CREDENTIALS_MISSING);
  }

  @Test
  void deniesAmbiguousAndMalformedCredentials() {
    assertDenied(bearer("/any").with("Authorization", "Bearer x"), Reason.CREDENTIALS_AMBIGUOUS);
    assertDenied(
        TestRequests.get("/any").with("Authorization", "Bearer a b"), Reason.CREDENTIALS_MALFORMED);
  }

  @Test
  void deniesAnUnknownTokenAndAForgedOneWithoutARead() {
    assertDenied(bearer("/any"), Reason.TOKEN_UNKNOWN);
    assertThat(store.reads()).isEqualTo(1);
    String forged = minted.secret().reveal().replaceFirst(".$", "!").replace('!', 'a');
    for (String text : List.of(forged + "abc", forged.substring(1), "pc_x", minted.hash().text())) {
      assertDenied(
          TestRequests.get("/any").with("Authorization", "Bearer " + text), Reason.TOKEN_UNKNOWN);
    }
    assertThat(store.reads()).isEqualTo(1);
  }

  @Test
  void deniesARevokedToken() {
    given(TestTokens.revoked(), TestPrincipals.user());
    assertDenied(bearer("/any"), Reason.TOKEN_REVOKED);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "0, false", "-1, false"})
  void allowsUntilTheMillisecondBeforeTheTokenExpires(long millisLeft, boolean allowed) {
    given(TestTokens.expiringAt(NOW.plusMillis(millisLeft)), TestPrincipals.user());
    if (allowed) {
      assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
    } else {
      assertDenied(bearer("/any"), Reason.TOKEN_EXPIRED);
    }
  }

  @Test
  void deniesWhenThePrincipalIsDisabledOrGone() {
    given(TestTokens.active(), TestPrincipals.disabled());
    assertDenied(bearer("/any"), Reason.PRINCIPAL_DISABLED);
    assertThat(
            new AuthChain(peppers, withoutPrincipals(store), PATIENCE, () -> NOW)
                .decide(bearer("/any").head(), match(bearer("/any").head())))
        .isCompletedWithValueMatching(denied -> reason(denied) == Reason.PRINCIPAL_DISABLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada@example.org", "ADA@Example.org", "  ada@example.org "})
  void allowsTheOwnersEmailInAnyCaseAndWithSpaceAround(String email) {
    given(TestTokens.active(), TestPrincipals.user());
    assertThat(decide(bearer("/any").with("Email", email))).isInstanceOf(Allowed.class);
  }

  @Test
  void readsAnEmailInUtf8AndComparesItInNormalFormC() {
    Principal user = TestPrincipals.user("jos\u00e9");
    given(TestTokens.token(TestTokens.ID, user.id()), user);
    String decomposedAsOctets =
        new String(
            "jose\u0301@example.org".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(decide(bearer("/any").with("Email", decomposedAsOctets)))
        .isInstanceOf(Allowed.class);
  }

  @Test
  void deniesAnotherEmailOrTwoOfThem() {
    given(TestTokens.active(), TestPrincipals.user());
    assertDenied(bearer("/any").with("Email", "eve@example.org"), Reason.EMAIL_MISMATCH);
    assertDenied(
        bearer("/any").with("Email", "ada@example.org").with("Email", "ada@example.org"),
        Reason.CREDENTIALS_AMBIGUOUS);
  }

  @Test
  void deniesAMissingOrBlankEmailOnlyWhereThePolicyRequiresOne() {
    given(TestTokens.active(), TestPrincipals.user());
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
    policy = POLICY.replace("email: optional", "email: required");
    assertDenied(bearer("/any"), Reason.EMAIL_MISSING);
    assertDenied(bearer("/any").with("Email", " "), Reason.EMAIL_MISSING);
    assertThat(decide(bearer("/any").with("Email", "ada@example.org"))).isInstanceOf(Allowed.class);
  }

  @Test
  void doesNotReadTheEmailWhereThePolicyIgnoresIt() {
    given(TestTokens.active(), TestPrincipals.user());
    policy = POLICY.replace("email: optional", "email: ignored");
    assertThat(decide(bearer("/any").with("Email", "eve@example.org"))).isInstanceOf(Allowed.class);
  }

  @Test
  void deniesAnEmailWhereThePrincipalHasNone() {
    Principal account = TestPrincipals.serviceAccount("ci");
    given(TestTokens.token(TestTokens.ID, "ci"), account);
    assertDenied(bearer("/any").with("Email", "ci@example.org"), Reason.EMAIL_MISMATCH);
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
  }

  @Test
  void deniesAnotherOrganizationAndAPersonalTokenThatNamesNone() {
    given(TestTokens.active(), TestPrincipals.inOrganization("acme"));
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
    assertThat(decide(bearer("/any").with("X-Org", "acme"))).isInstanceOf(Allowed.class);
    assertDenied(bearer("/any").with("X-Org", "Acme"), Reason.ORGANIZATION_MISMATCH);
    given(TestTokens.personal(), TestPrincipals.inOrganization("acme"));
    assertDenied(bearer("/any"), Reason.ORGANIZATION_MISMATCH);
    assertThat(decide(bearer("/any").with("X-Org", "acme"))).isInstanceOf(Allowed.class);
    given(TestTokens.active(), TestPrincipals.user());
    assertDenied(bearer("/any").with("X-Org", "acme"), Reason.ORGANIZATION_MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.9.9.9, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "2001:db8::/32, 2001:db8:1::5, true",
    "2001:db8::/32, 2001:db9::5, false",
    "192.0.2.7, ::ffff:192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false"
  })
  void allowsOnlyFromTheTokensAddresses(String block, String client, boolean allowed) {
    given(TestTokens.allowedFrom("198.51.100.0/24", block), TestPrincipals.user());
    if (allowed) {
      assertThat(decide(bearer("/any").from(client))).isInstanceOf(Allowed.class);
    } else {
      assertDenied(bearer("/any").from(client), Reason.ADDRESS_NOT_ALLOWED);
    }
  }

  @Test
  void deniesAnUnknownAddressWhereTheTokenIsBoundToSome() {
    given(TestTokens.allowedFrom("0.0.0.0/0", "::/0"), TestPrincipals.user());
    assertDenied(bearer("/any").fromNowhere(), Reason.ADDRESS_NOT_ALLOWED);
  }

  @ParameterizedTest
  @CsvSource({
    "dataset/logs/ingest:create, /datasets/logs/ingest, true",
    "dataset/logs/ingest:create, /datasets/other/ingest, false",
    "dataset/logs/ingest:*, /datasets/logs/ingest, true",
    "dataset/*/ingest:create, /datasets/other/ingest, true",
    "dataset/*:create, /datasets/other/ingest, true",
    "dataset/lo*/ingest:create, /datasets/logs/ingest, true",
    "dataset/lo*/ingest:create, /datasets/dogs/ingest, false",
    "dataset/logs:create, /datasets/logs/ingest, false",
    "dataset/logs/ingest:create, /datasets/*/ingest, false",
    "*:create, /datasets/logs/ingest, true"
  })
  void allowsWhatTheTokensScopesCoverWithThePathVariablesFilledIn(
      String scope, String path, boolean allowed) {
    given(TestTokens.withScopes(scope), TestPrincipals.user());
    if (allowed) {
      assertThat(decide(bearer(path))).isInstanceOf(Allowed.class);
    } else {
      assertDenied(bearer(path), Reason.SCOPE_INSUFFICIENT);
    }
  }

  @Test
  void deniesWhenOneRequiredScopeIsMissingAndNamesWhatIsRequired() {
    given(TestTokens.withScopes("dataset/logs:read"), TestPrincipals.user());
    assertThat(decide(bearer("/datasets/logs")))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Reason.SCOPE_INSUFFICIENT);
              assertThat(denied.requiredScope()).contains("dataset/logs:read org/datasets:read");
              assertThat(denied.tokenId()).contains(TestTokens.ID);
            });
  }

  @Test
  void deniesATokenWithoutScopesUnlessTheRouteAsksForNone() {
    given(TestTokens.withScopes(), TestPrincipals.user());
    assertDenied(bearer("/datasets/logs/ingest"), Reason.SCOPE_INSUFFICIENT);
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
  }

  @Test
  void deniesWhatThePrincipalMayNotEvenWhereTheTokenMay() {
    given(TestTokens.active(), TestPrincipals.withScopes("dataset/other/*:*"));
    assertDenied(bearer("/datasets/logs/ingest"), Reason.SCOPE_INSUFFICIENT);
    given(TestTokens.personal(), TestPrincipals.withScopes("dataset/other/*:*"));
    assertDenied(bearer("/datasets/logs/ingest").with("X-Org", "x"), Reason.ORGANIZATION_MISMATCH);
  }

  @Test
  void readsARoleAsTheScopesThatThePolicyListsForIt() {
    given(TestTokens.withScopes("role:reader"), TestPrincipals.user());
    assertThat(decide(bearer("/roles/logs"))).isInstanceOf(Allowed.class);
    given(TestTokens.withScopes("role:nobody"), TestPrincipals.user());
    assertDenied(bearer("/roles/logs"), Reason.SCOPE_INSUFFICIENT);
  }

  @Test
  void tellsAnOutageFromAnUnknownToken() {
    given(TestTokens.active(), TestPrincipals.user());
    store.switchOff();
    assertThat(decide(bearer("/any")))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
              assertThat(denied.retryAfter()).contains(Duration.ofSeconds(1));
            });
  }

  @Test
  void waitsForAllReadsTogetherNoLongerThanForOne() {
    given(TestTokens.active(), TestPrincipals.user());
    TokenStore silentAboutPrincipals =
        new TokenStore() {
          @Override
          public CompletionStage<Lookup<Token>> token(TokenHash hash) {
            return store.token(hash);
          }

          @Override
          public CompletionStage<Lookup<Principal>> principal(String id) {
            return new CompletableFuture<>();
          }

          @Override
          public CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
            return store.rehash(from, to);
          }
        };
    RequestHead head = bearer("/any").head();
    assertThat(
            new AuthChain(peppers, silentAboutPrincipals, PATIENCE, () -> NOW)
                .decide(head, match(head)))
        .succeedsWithin(Duration.ofSeconds(10))
        .satisfies(decision -> assertThat(reason(decision)).isEqualTo(Reason.STORE_UNAVAILABLE));
  }

  @Test
  void deniesATokenWhoseRecordCannotBeRead() {
    store.withUnreadable(minted.hash(), "field 'v' is 9");
    assertDenied(bearer("/any"), Reason.TOKEN_UNKNOWN);
  }

  @Test
  void refusesPlainHttpBeforeItLooksAtTheCredentialsWhereThePolicyWantsTls() {
    given(TestTokens.active(), TestPrincipals.user());
    policy = POLICY + "tls: required\n";
    assertDenied(bearer("/any"), Reason.INSECURE_CHANNEL);
    assertDenied(TestRequests.get("/any"), Reason.INSECURE_CHANNEL);
    assertThat(store.reads()).isZero();
    assertThat(decide(bearer("/any").overTls())).isInstanceOf(Allowed.class);
  }

  @Test
  void verifiesUnderAnEarlierPepperAndMovesTheHashToTheCurrentOne() {
    given(TestTokens.active(), TestPrincipals.user());
    PepperRing rotated = new PepperRing(TestTokens.pepper("p2"), List.of(TestTokens.pepper("p1")));
    RequestHead head = bearer("/any").head();
    for (int i = 0; i < 2; i++) {
      assertThat(new AuthChain(rotated, store, PATIENCE, () -> NOW).decide(head, match(head)))
          .isCompletedWithValueMatching(Allowed.class::isInstance);
    }
    assertDenied(bearer("/any"), Reason.TOKEN_UNKNOWN);
  }

  @Test
  void takesAnImportedTokenOnlyWhereThePolicySaysSo() {
    SecretText foreign = SecretText.of("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    TokenHash sha256 = peppers.candidates(foreign, true).getLast();
    store.with(TestPrincipals.user()).with(sha256, TestTokens.active());
    TestRequests request =
        TestRequests.get("/any").with("Authorization", "Bearer " + foreign.reveal());
    assertDenied(request, Reason.TOKEN_UNKNOWN);
    policy = POLICY + "imported-tokens: true\n";
    assertThat(decide(request)).isInstanceOf(Allowed.class);
  }

  @Test
  void refusesAfterAnUnexpectedFailureOfAnyPart() {
    TokenStore broken =
        new TokenStore() {
          @Override
          public CompletionStage<Lookup<Token>> token(TokenHash hash) {
            throw new IllegalStateException("broken");
          }

          @Override
          public CompletionStage<Lookup<Principal>> principal(String id) {
            return CompletableFuture.failedStage(new IllegalStateException("broken"));
          }

          @Override
          public CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
            return CompletableFuture.completedStage(null);
          }
        };
    RequestHead head = bearer("/any").head();
    assertThat(new AuthChain(peppers, broken, PATIENCE, () -> NOW).decide(head, match(head)))
        .isCompletedWithValueMatching(decision -> reason(decision) == Reason.INTERNAL);
  }

  private void given(Token token, Principal principal) {
    store.with(principal).with(minted.hash(), token);
  }

  private TestRequests bearer(String target) {
    return TestRequests.get(target).with("Authorization", "Bearer " + minted.secret().reveal());
  }

  private Decision decide(TestRequests request) {
    CompletionStage<Decision> stage =
        new AuthChain(peppers, store, PATIENCE, () -> NOW)
            .decide(request.head(), match(request.head()));
    assertThat(stage).isCompleted();
    return stage.toCompletableFuture().join();
  }

  private void assertDenied(TestRequests request, Reason reason) {
    assertThat(reason(decide(request))).isEqualTo(reason);
  }

  private static Reason reason(Decision decision) {
    assertThat(decision).isInstanceOf(Denied.class);
    return ((Denied) decision).reason();
  }

  private RouteMatch match(RequestHead head) {
    PolicyReader.Result result = PolicyReader.read("test.yaml", policy);
    assertThat(result).isInstanceOf(PolicyReader.Read.class);
    return Policies.of(1, ((PolicyReader.Read) result).policies())
        .index()
        .match(head.method(), head.path())
        .orElseThrow();
  }

  private static TokenStore withoutPrincipals(TokenStore store) {
    return new TokenStore() {
      @Override
      public CompletionStage<Lookup<Token>> token(TokenHash hash) {
        return store.token(hash);
      }

      @Override
      public CompletionStage<Lookup<Principal>> principal(String id) {
        return CompletableFuture.completedStage(new Lookup.Absent<>());
      }

      @Override
      public CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
        return store.rehash(from, to);
      }
    };
  }
}
