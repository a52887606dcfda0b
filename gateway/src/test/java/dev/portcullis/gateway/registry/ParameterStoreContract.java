package dev.portcullis.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.ParameterStore.Deletion;
import dev.portcullis.gateway.registry.ParameterStore.Failed;
import dev.portcullis.gateway.registry.ParameterStore.Put;
import dev.portcullis.gateway.registry.ParameterStore.Stored;
import dev.portcullis.gateway.registry.ParameterStore.Taken;
import dev.portcullis.gateway.registry.ParameterStore.Unknown;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.SecretText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every parameter store does. */
public abstract class ParameterStoreContract {
  protected static final SecretText VALUE = SecretText.of("{\"secretKey\":\"pcsk_x\"}");

  protected abstract ParameterStore parameters();

  /** What is there under this name of organization acme; empty where there is nothing. */
  protected abstract Optional<String> value(String name);

  /** Puts something there that is none of the gateway's. */
  protected abstract void occupy(String name);

  /** From now on nothing answers. */
  protected abstract void breakDown();

  protected static Parameter parameter(String name, String token) {
    return new Parameter(name, Optional.of("acme"), token);
  }

  protected Put put(String name, String token) {
    return Answers.of(parameters().put(parameter(name, token), Optional.empty(), VALUE));
  }

  private Deletion delete(String name, String token) {
    return Answers.of(parameters().delete(parameter(name, token)));
  }

  @Test
  void keepsWhatWasPut() {
    assertThat(put("/acme/billing", "t1")).isEqualTo(new Stored());
    assertThat(value("/acme/billing")).contains(VALUE.reveal());
    assertThat(value("/acme")).isEmpty();
  }

  @Test
  void leavesAloneWhatIsThereAndTellsWhose() {
    put("/acme/billing", "t1");
    Put second =
        Answers.of(
            parameters()
                .put(parameter("/acme/billing", "t2"), Optional.empty(), SecretText.of("other")));
    assertThat(second).isEqualTo(new Taken(Optional.of("t1")));
    assertThat(value("/acme/billing")).contains(VALUE.reveal());
  }

  @Test
  void leavesAloneWhatIsNobodysHere() {
    occupy("/acme/billing");
    assertThat(put("/acme/billing", "t1")).isEqualTo(new Taken(Optional.empty()));
    assertThat(delete("/acme/billing", "t1")).isEqualTo(Deletion.ABSENT);
    assertThat(put("/acme/billing", "t1")).isEqualTo(new Taken(Optional.empty()));
  }

  @Test
  void letsOneOfManyHaveAName() {
    List<CompletableFuture<Put>> all =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    parameters()
                        .put(parameter("/acme/one", "t" + i), Optional.empty(), VALUE)
                        .toCompletableFuture())
            .toList();
    assertThat(all.stream().map(Answers::of).filter(new Stored()::equals)).hasSize(1);
    assertThat(all.stream().map(Answers::of).filter(Taken.class::isInstance)).hasSize(19);
  }

  @Test
  void deletesWhatIsTheTokensAndGivesTheNameFree() {
    put("/acme/billing", "t1");
    assertThat(delete("/acme/billing", "t1")).isEqualTo(Deletion.DELETED);
    assertThat(value("/acme/billing")).isEmpty();
    assertThat(put("/acme/billing", "t2")).isEqualTo(new Stored());
  }

  @Test
  void deletesNothingOfAnotherToken() {
    put("/acme/billing", "t1");
    assertThat(delete("/acme/billing", "t2")).isEqualTo(Deletion.ABSENT);
    assertThat(value("/acme/billing")).contains(VALUE.reveal());
  }

  @Test
  void isDoneWhereThereIsNothingToDelete() {
    assertThat(delete("/nothing", "t1")).isEqualTo(Deletion.ABSENT);
  }

  @Test
  void saysThatItDoesNotAnswerAndNeverFails() {
    put("/acme/billing", "t1");
    breakDown();
    assertThat(put("/acme/other", "t2")).isInstanceOfAny(Failed.class, Unknown.class);
    assertThat(delete("/acme/billing", "t1")).isEqualTo(Deletion.LEFT);
  }
}
