package dev.portcullis.gateway.trace;

import dev.portcullis.gateway.decision.Witness;
import java.util.ArrayList;
import java.util.List;

/**
 * When one request passed which step of the chain. Told by one thread after the other, and read
 * when the chain has decided.
 */
final class StepTimes implements Witness {
  /** A step that was passed, and when. */
  record Passed(String step, long at) {}

  private final Timeline times;
  private final long begun;
  private final List<Passed> passed = new ArrayList<>();

  StepTimes(Timeline times) {
    this.times = times;
    this.begun = times.now();
  }

  @Override
  public void passed(String step) {
    passed.add(new Passed(step, times.now()));
  }

  long begun() {
    return begun;
  }

  List<Passed> passed() {
    return passed;
  }
}
