package dev.portcullis.gateway.registry;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TokenStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens in the lives of principals. */
public abstract class PrincipalLifeContract extends LifeContract {

  @Test
  void changesAPrincipalAndSaysWhatChanged() {
    done(registrar.principals().update("ada", it -> it.enabled(false), TestChanges.AUTHOR));
    assertThat(Answers.found(store().principal("ada")).enabled()).isFalse();
    AuditEntry entry = entries().getLast().entry();
    assertThat(entry.before()).isEqualTo(Map.of("enabled", "true"));
    assertThat(entry.after()).isEqualTo(Map.of("enabled", "false"));
    assertThat(entry.organization()).contains("acme");
  }

  @Test
  void deletesAPrincipalAfterAllItsTokens() {
    List<IssuedToken> tokens = IntStream.range(0, 300).mapToObj(i -> create()).toList();
    assertThat(done(registrar.principals().delete("ada", TestChanges.AUTHOR))).isEqualTo(300);
    assertThat(Answers.of(registry().principal("ada"))).isInstanceOf(Outcome.NotFound.class);
    assertThat(tokens).allSatisfy(it -> assertThat(status(it)).isEqualTo(TokenStatus.REVOKED));
    assertThat(done(registry().deletions())).isEmpty();
    assertThat(actions()).startsWith("principal.create", "token.create");
    assertIntact();
  }

  @Test
  void deletesAPrincipalOnce() {
    done(registrar.principals().delete("ada", TestChanges.AUTHOR));
    assertThat(Answers.of(registrar.principals().delete("ada", TestChanges.AUTHOR)))
        .isInstanceOf(Outcome.NotFound.class);
  }

  @Test
  void finishesADeletionThatWasOnlyBegun() {
    IssuedToken token = create();
    Change begun = Change.of(new Write.BeginDeletion(ada), entries().getFirst().entry());
    assertThat(Answers.of(registry().commit(begun))).isEqualTo(new Commit.Done());
    assertThat(Answers.found(store().principal("ada")).enabled()).isFalse();
    assertThat(done(registrar.principals().finishDeletions())).isEqualTo(1);
    assertThat(Answers.of(registry().principal("ada"))).isInstanceOf(Outcome.NotFound.class);
    assertThat(status(token)).isEqualTo(TokenStatus.REVOKED);
    assertThat(done(registrar.principals().finishDeletions())).isZero();
  }

  @Test
  void deletesAPrincipalThatOthersAreDeletingToo() {
    IntStream.range(0, 50).forEach(i -> create());
    List<CompletableFuture<Outcome<Long>>> all = new ArrayList<>();
    all.add(registrar.principals().delete("ada", TestChanges.AUTHOR).toCompletableFuture());
    for (int i = 0; i < 10; i++) {
      all.add(registrar.principals().finishDeletions().toCompletableFuture());
    }
    assertThat(Answers.of(all.getFirst())).isInstanceOf(Outcome.Done.class);
    assertThat(all)
        .allSatisfy(each -> assertThat((Object) Answers.of(each)).isInstanceOf(Outcome.Done.class));
    assertThat(Answers.of(registry().principal("ada"))).isInstanceOf(Outcome.NotFound.class);
    assertIntact();
  }

  @Test
  void removesNoPrincipalWithATokenThatWasMadeMeanwhile() {
    create();
    Change removal = Change.of(new Write.RemovePrincipal(ada, 0), entries().getFirst().entry());
    assertThat(Answers.of(registry().commit(removal)))
        .isEqualTo(new Commit.Obstructed(Commit.Obstacle.PRINCIPAL_CHANGED));
    assertThat(done(registry().principal("ada"))).isEqualTo(ada);
  }

  @Test
  void doesNotFinishADeletionThatWasTakenBack() {
    Change begun = Change.of(new Write.BeginDeletion(ada), entries().getFirst().entry());
    Answers.of(registry().commit(begun));
    done(registrar.principals().update("ada", it -> it.enabled(true), TestChanges.AUTHOR));
    assertThat(done(registrar.principals().finishDeletions())).isZero();
    assertThat(done(registry().principal("ada")).enabled()).isTrue();
  }

  @Test
  void givesNoOldTokenToANewPrincipalWithAnOldId() {
    IssuedToken token = create();
    done(registrar.principals().delete("ada", TestChanges.AUTHOR));
    done(registrar.principals().create(TestPrincipals.user(), TestChanges.AUTHOR));
    assertThat(status(token)).isEqualTo(TokenStatus.REVOKED);
    done(registrar.principals().delete("ada", TestChanges.AUTHOR));
    assertThat(Answers.of(registry().principal("ada"))).isInstanceOf(Outcome.NotFound.class);
  }

  @Test
  void listsPrincipalsOfAnOrganization() {
    done(registrar.principals().create(TestPrincipals.user("bob"), TestChanges.AUTHOR));
    assertThat(done(registry().principals(Optional.of("acme"), Optional.empty(), 9)).items())
        .containsExactly(ada);
    assertThat(done(registry().principals(Optional.of("other"), Optional.empty(), 9)).items())
        .isEmpty();
  }
}
