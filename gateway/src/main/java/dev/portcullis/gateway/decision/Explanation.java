package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What the chain decided over one request, and how it came to that.
 *
 * @param decision as it would be over the same request on the data plane
 * @param steps all that the chain has for the route, in order, also those not reached
 * @param token which it was, once that is known
 * @param principal the token's, once that is known
 */
public record Explanation(
    Decision decision, List<Step> steps, Optional<Token> token, Optional<Principal> principal) {

  /** What came of a step. */
  public enum Outcome {
    PASSED,
    REFUSED,
    SKIPPED
  }

  /**
   * One step of the chain.
   *
   * @param name a fixed word: {@code channel}, then {@code public} or {@code extract}, {@code
   *     verify}, {@code email}, {@code organization}, {@code revoked}, {@code expired}, {@code
   *     principal}, {@code address}, {@code scope}, {@code limit}
   * @param reason where it refused
   * @param detail the facts, for people; names the token's and its principal's data, and no secret
   */
  public record Step(String name, Outcome outcome, Optional<Reason> reason, String detail) {}

  public Explanation {
    steps = List.copyOf(steps);
  }
}
