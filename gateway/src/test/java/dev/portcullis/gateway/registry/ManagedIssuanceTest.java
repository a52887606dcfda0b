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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No token without its parameter and no parameter without its token, whatever goes wrong when. */
class ManagedIssuanceTest implements InstantSource {
  private static final Storage BILLING = new Storage("/apps/billing", Optional.empty());
  private static final Optional<IdempotentRequest> REQUEST =
      Optional.of(
          IdempotentRequest.of(
              "operator", "POST /v1/tokens", "key-1", "{}".getBytes(StandardCharsets.UTF_8)));

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final InMemoryStore store = new InMemoryStore(this);
  private final UnreliableRegistry registry = new UnreliableRegistry(store.registry());
  private final InMemoryParameters parameters = new InMemoryParameters();
  private final Registrar registrar = Registrar.of(registry, TestTokens.ring(), parameters, this);
  private Principal ada;

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

  private Principal eve() {
    Principal user = TestPrincipals.user("eve");
    return done(
        registrar
            .principals()
            .create(
                new Principal(
                    user.id(),
                    user.kind(),
                    user.email(),
                    Optional.of("other"),
                    true,
                    user.scopes()),
                TestChanges.AUTHOR));
  }

  private ManagedIssuance.Result create(Optional<IdempotentRequest> request) {
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

  private ManagedIssuance.Result create() {
    return create(Optional.empty());
  }

  private static IssuedToken issued(ManagedIssuance.Result result) {
    return ((Outcome.Done<IssuedToken>) ((ManagedIssuance.Registered) result).outcome()).value();
  }

  private long tokens() {
    return done(store.registry().countTokens("ada"));
  }

  private static void assertConflict(ManagedIssuance.Result result, String field) {
    assertThat(result)
        .isInstanceOfSatisfying(
            ManagedIssuance.Registered.class,
            it ->
                assertThat((Object) it.outcome())
                    .isInstanceOfSatisfying(
                        Outcome.Conflict.class,
                        conflict -> assertThat(conflict.field()).isEqualTo(field)));
  }

  private void assertNothingMade() {
    assertThat(tokens()).isZero();
    assertThat(parameters.all()).isEmpty();
  }

  @Test
  void putsBothHalvesAndKeepsTheNameWithTheToken() {
    IssuedToken issued = issued(create());
    assertThat(issued.token().storedAs()).contains("/apps/billing");
    assertThat(parameters.all().values())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.parameter())
                  .isEqualTo(
                      new Parameter("/apps/billing", Optional.of("acme"), issued.token().id()));
              assertThat(found.value().reveal())
                  .isEqualTo(
                      "{\"accessKey\":\"%s\",\"secretKey\":\"%s\"}"
                          .formatted(issued.token().id(), issued.secret().reveal()));
            });
  }

  @Test
  void makesNoTokenWhereTheParameterIsRefused() {
    parameters.answer =
        () -> Optional.of(new ParameterStore.Refused("storage.key", "AWS answered InvalidKeyId"));
    assertThat(create())
        .isEqualTo(new ManagedIssuance.Refused("storage.key", "AWS answered InvalidKeyId"));
    assertNothingMade();
  }

  @Test
  void makesNoTokenWhereTheParameterStoreIsGone() {
    parameters.answer = () -> Optional.of(new ParameterStore.Failed("no connection to AWS"));
    assertThat(create())
        .isEqualTo(new ManagedIssuance.Unavailable("nothing was made: no connection to AWS"));
    assertNothingMade();
  }

  @Test
  void takesBackWhatMayHaveBeenPut() {
    parameters.answer = () -> Optional.of(new ParameterStore.Unknown("no answer"));
    assertThat(create()).isEqualTo(new ManagedIssuance.Unavailable("nothing was made: no answer"));
    assertNothingMade();
  }

  @Test
  void saysWhatMayBeLeftWhereThePutMayStillBeOnItsWay() {
    parameters.answer = () -> Optional.of(new ParameterStore.Unknown("no answer"));
    parameters.behind =
        () -> parameters.all().values().forEach(it -> parameters.delete(it.parameter()));
    assertThat(create())
        .isEqualTo(
            new ManagedIssuance.Unavailable(
                "no token was made, but parameter '/apps/billing' may be there, of no use:"
                    + " no answer"));
    assertNothingMade();
  }

  @Test
  void saysWhatMayBeLeftWhereItCannotBeTakenBack() {
    parameters.answer = () -> Optional.of(new ParameterStore.Unknown("no answer"));
    parameters.stuck = true;
    assertThat(create())
        .isEqualTo(
            new ManagedIssuance.Unavailable(
                "no token was made, but parameter '/apps/billing' may be there, of no use:"
                    + " no answer"));
    assertThat(tokens()).isZero();
  }

  @Test
  void takesTheParameterBackWhereItsOwnerChangedMeanwhileSoThatTheNextTryFindsTheNameFree() {
    parameters.behind =
        () ->
            done(
                registrar
                    .principals()
                    .update("ada", it -> it.enabled(!it.enabled()), TestChanges.AUTHOR));
    assertConflict(create(), "state");
    assertNothingMade();
    parameters.behind = () -> {};
    ada = done(registrar.registry().principal("ada"));
    assertThat(issued(create()).token().storedAs()).contains("/apps/billing");
  }

  @Test
  void isDoneWhereTheRegistryDidNotSaySoButHasTheToken() {
    registry.mood = UnreliableRegistry.Mood.MADE_AND_NOT_TOLD;
    IssuedToken issued = issued(create());
    assertThat(tokens()).isEqualTo(1);
    assertThat(parameters.all().values())
        .singleElement()
        .satisfies(it -> assertThat(it.parameter().token()).isEqualTo(issued.token().id()));
  }

  @Test
  void takesTheParameterBackWhereTheRegistryDidNotSaySoAndHasNoToken() {
    registry.mood = UnreliableRegistry.Mood.NOT_MADE;
    assertThat(create())
        .isEqualTo(new ManagedIssuance.Unavailable("nothing was made: lost by the test"));
    assertNothingMade();
  }

  @Test
  void keepsTheParameterWhereNobodyCanTellAndSaysSo() {
    registry.mood = UnreliableRegistry.Mood.GONE;
    assertThat(create())
        .isInstanceOfSatisfying(
            ManagedIssuance.Unavailable.class,
            it ->
                assertThat(it.detail())
                    .contains("may have been made", "parameter '/apps/billing' is kept"));
    assertThat(parameters.all()).hasSize(1);
  }

  @Test
  void refusesANameThatIsTaken() {
    IssuedToken first = issued(create());
    now = now.plus(Duration.ofDays(1));
    assertConflict(create(), "storage.name");
    assertThat(parameters.all().values())
        .singleElement()
        .satisfies(it -> assertThat(it.parameter().token()).isEqualTo(first.token().id()));
    assertThat(tokens()).isEqualTo(1);
  }

  @Test
  void refusesANameThatSomebodyElseTook() {
    parameters.answer = () -> Optional.of(new ParameterStore.Taken(Optional.empty()));
    assertConflict(create(), "storage.name");
    assertThat(tokens()).isZero();
  }

  @Test
  void takesThePlaceOfWhatAnOutageLeftOnceNobodyCanBeAtItAnyMore() {
    registry.mood = UnreliableRegistry.Mood.GONE;
    create();
    registry.mood = UnreliableRegistry.Mood.RELIABLE;
    now = now.plus(Duration.ofMinutes(1));
    assertConflict(create(), "storage.name");
    now = now.plusMillis(1);
    IssuedToken issued = issued(create());
    assertThat(parameters.all().values())
        .singleElement()
        .satisfies(it -> assertThat(it.parameter().token()).isEqualTo(issued.token().id()));
    assertThat(tokens()).isEqualTo(1);
  }

  @Test
  void leavesAloneWhatMayBeAnotherRegistrysHoweverOldItIs() {
    parameters.shared = true;
    registry.mood = UnreliableRegistry.Mood.GONE;
    create();
    registry.mood = UnreliableRegistry.Mood.RELIABLE;
    Map<String, ParameterReader.Found> before = parameters.all();
    now = now.plus(Duration.ofDays(1));
    assertConflict(create(), "storage.name");
    assertThat(parameters.all()).isEqualTo(before).hasSize(1);
  }

  @Test
  void leavesAloneWhatIsOfARevokedTokenOfAnotherOrganization() {
    parameters.shared = true;
    IssuedToken first = issued(create());
    parameters.stuck = true;
    done(registrar.tokens().revoke(first.token().id(), Optional.empty(), TestChanges.AUTHOR));
    parameters.stuck = false;
    ada = eve();
    assertConflict(create(), "storage.name");
    assertThat(parameters.all().values())
        .singleElement()
        .satisfies(it -> assertThat(it.parameter().token()).isEqualTo(first.token().id()));
  }

  @Test
  void answersARepeatAndPutsNothing() {
    IssuedToken first = issued(create(REQUEST));
    IssuedToken again = issued(create(REQUEST));
    assertThat(again.repeated()).isTrue();
    assertThat(again.token()).isEqualTo(first.token());
    assertThat(parameters.all()).hasSize(1);
    assertThat(tokens()).isEqualTo(1);
  }

  @Test
  void deletesTheParameterWhenTheTokenIsRevokedAndTheNameIsFreeAgain() {
    IssuedToken first = issued(create());
    done(registrar.tokens().revoke(first.token().id(), Optional.empty(), TestChanges.AUTHOR));
    assertThat(parameters.all()).isEmpty();
    assertThat(issued(create()).token().id()).isNotEqualTo(first.token().id());
  }

  @Test
  void revokesAlsoWhereTheParameterCannotBeDeletedAndLaterTakesItsPlace() {
    IssuedToken first = issued(create());
    parameters.stuck = true;
    TokenDetails revoked =
        done(registrar.tokens().revoke(first.token().id(), Optional.empty(), TestChanges.AUTHOR));
    assertThat(revoked.token().revokedAt()).isPresent();
    assertThat(parameters.all()).hasSize(1);
    parameters.stuck = false;
    assertThat(issued(create()).token().id()).isNotEqualTo(first.token().id());
  }

  @Test
  void deletesTheParametersOfAPrincipalThatIsDeleted() {
    create();
    done(registrar.principals().delete("ada", TestChanges.AUTHOR));
    assertThat(parameters.all()).isEmpty();
  }

  @Test
  void regeneratesNoTokenWhoseSecretNobodyWouldSee() {
    IssuedToken issued = issued(create());
    Outcome<IssuedToken> outcome =
        Answers.of(
            registrar
                .regeneration()
                .regenerate(
                    issued.token().id(),
                    new Regeneration.Terms(Duration.ZERO, Optional.empty(), Optional.empty()),
                    TestChanges.AUTHOR,
                    Optional.empty()));
    assertThat(outcome).isInstanceOf(Outcome.Conflict.class);
    assertThat(tokens()).isEqualTo(1);
  }
}
