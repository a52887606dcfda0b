package dev.portcullis.gateway.registry;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose the name of a parameter is, and when it is free again. */
class ManagedNamesTest extends ManagedIssuanceKit {

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
}
