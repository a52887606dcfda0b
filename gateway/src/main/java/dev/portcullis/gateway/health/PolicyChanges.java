package dev.portcullis.gateway.health;

import dev.portcullis.gateway.health.Part.Condition;
import dev.portcullis.policy.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What became of the changes of the policies: which was the last, and whether it was sound. */
public final class PolicyChanges implements Watch {
  private static final String NAME = "policies";

  /**
   * A change that was not sound; the policies before it stay in force.
   *
   * @param at when it was read
   * @param since when the first was read of those that were not sound, one after the other
   * @param problems all that is wrong; at least one
   */
  public record Unsound(Instant at, Instant since, List<Problem> problems) {
    public Unsound {
      problems = List.copyOf(problems);
    }
  }

  /**
   * All there is to know at one moment.
   *
   * @param loadedAt when those in force came into force; empty while there are none
   * @param unsound the last change, unless it is in force
   */
  public record Known(Optional<Instant> loadedAt, Optional<Unsound> unsound) {}

  private final InstantSource clock;
  private final Instant began;
  private volatile Known known = new Known(Optional.empty(), Optional.empty());

  /** No policies are in force yet. */
  public PolicyChanges(InstantSource clock) {
    this.clock = clock;
    this.began = clock.instant();
  }

  /** The last change is in force. */
  public synchronized void inForce() {
    known = new Known(Optional.of(clock.instant()), Optional.empty());
  }

  /** The last change was not sound, for these reasons. */
  public synchronized void unsound(List<Problem> problems) {
    Instant at = clock.instant();
    Instant since = known.unsound().map(Unsound::since).orElse(at);
    known = new Known(known.loadedAt(), Optional.of(new Unsound(at, since, problems)));
  }

  /** What is known now. */
  public Known known() {
    return known;
  }

  @Override
  public Part look() {
    Known now = known;
    if (now.loadedAt().isEmpty()) {
      return new Part(NAME, Condition.DOWN, began, "no policies are in force yet");
    }
    return now.unsound()
        .map(
            unsound ->
                new Part(
                    NAME,
                    Condition.DEGRADED,
                    unsound.since(),
                    "the last change is not sound, so the policies before it stay in force"))
        .orElseGet(
            () ->
                new Part(
                    NAME,
                    Condition.UP,
                    now.loadedAt().get(),
                    "the policies in force are the ones in the files"));
  }
}
