package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Explanation.Outcome;
import dev.portcullis.gateway.decision.Explanation.Step;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Reason;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Explanations taken apart, for tests of them to extend. */
abstract class ExplanationKit extends ChainKit {
  protected static final List<String> STEPS = TestSteps.WITH_A_TOKEN;

  protected Explanation explain(TestRequests request) {
    CompletionStage<Explanation> stage =
        chain(store).explain(request.head(), match(request.head()));
    assertThat(stage).isCompleted();
    return stage.toCompletableFuture().join();
  }

  protected Explanation explain(Token token, Principal principal, TestRequests request) {
    CompletionStage<Explanation> stage =
        chain(store).explain(token, principal, request.head(), match(request.head()));
    assertThat(stage).isCompleted();
    return stage.toCompletableFuture().join();
  }

  protected static void assertRefusedAt(
      String name, Reason reason, String told, Explanation explanation) {
    assertThat(namesOf(explanation)).isEqualTo(STEPS);
    int at = STEPS.indexOf(name);
    Step step = explanation.steps().get(at);
    assertThat(step.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(step.reason()).contains(reason);
    assertThat(step.detail()).contains(told);
    assertThat(outcomesOf(explanation).subList(0, at)).doesNotContain(Outcome.REFUSED);
    assertThat(outcomesOf(explanation).subList(at + 1, STEPS.size()))
        .allMatch(Outcome.SKIPPED::equals);
  }

  protected static List<String> namesOf(Explanation explanation) {
    return explanation.steps().stream().map(Step::name).toList();
  }

  protected static List<Outcome> outcomesOf(Explanation explanation) {
    return explanation.steps().stream().map(Step::outcome).toList();
  }

  protected static String detail(String name, Explanation explanation) {
    return explanation.steps().get(STEPS.indexOf(name)).detail();
  }
}
