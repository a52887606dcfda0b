package dev.portcullis.gateway.registry;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No token without its parameter and no parameter without its token, whatever goes wrong when. */
class ManagedIssuanceTest extends ManagedIssuanceKit {

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
}
