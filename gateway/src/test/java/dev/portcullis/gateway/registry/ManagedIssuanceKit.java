package dev.portcullis.gateway.registry;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** Access keys on their way into a parameter store, where things go wrong. */
abstract class ManagedIssuanceKit implements InstantSource {
  private static final Storage BILLING = new Storage("/apps/billing", Optional.empty());
  static final Optional<IdempotentRequest> REQUEST =
      Optional.of(
          IdempotentRequest.of(
              "operator", "POST /v1/tokens", "key-1", "{}".getBytes(StandardCharsets.UTF_8)));

  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  final InMemoryStore store = new InMemoryStore(this);
  final UnreliableRegistry registry = new UnreliableRegistry(store.registry());
  final InMemoryParameters parameters = new InMemoryParameters();
  final Registrar registrar = Registrar.of(registry, TestTokens.ring(), parameters, this);
  Principal ada;

  @Override
  public Instant instant() {
    return now;
  }

  @BeforeEach
  void createPrincipal() {
    ada =
        done(
            registrar
                .principals()
                .create(TestPrincipals.inOrganization("acme"), TestChanges.AUTHOR));
  }

  ManagedIssuance.Result create(Optional<IdempotentRequest> request) {
    TokenDraft draft =
        new TokenDraft(
            Optional.empty(),
            Optional.empty(),
            TokenKind.ACCESS_KEY,
            "billing",
            "",
            GrantedScopes.parse(List.of("dataset/*:read")),
            Optional.empty(),
            List.of(),
            Limits.NONE,
            Map.of());
    return Answers.of(registrar.managed().create(draft, BILLING, ada, TestChanges.AUTHOR, request));
  }

  ManagedIssuance.Result create() {
    return create(Optional.empty());
  }

  static IssuedToken issued(ManagedIssuance.Result result) {
    return ((Outcome.Done<IssuedToken>) ((ManagedIssuance.Registered) result).outcome()).value();
  }

  long tokens() {
    return done(store.registry().countTokens("ada"));
  }

  static void assertConflict(ManagedIssuance.Result result, String field) {
    assertThat(result)
        .isInstanceOfSatisfying(
            ManagedIssuance.Registered.class,
            it ->
                assertThat((Object) it.outcome())
                    .isInstanceOfSatisfying(
                        Outcome.Conflict.class,
                        conflict -> assertThat(conflict.field()).isEqualTo(field)));
  }

  void assertNothingMade() {
    assertThat(tokens()).isZero();
    assertThat(parameters.all()).isEmpty();
  }
}
