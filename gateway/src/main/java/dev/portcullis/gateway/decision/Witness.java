package dev.portcullis.gateway.decision;

import dev.portcullis.policy.RouteMatch;
import java.util.List;

/**
 * Whoever is told how far one request comes in the chain, by the thread that takes it there; the
 * last step of those that pass is told by the decision itself.
 */
public interface Witness {
  String CHANNEL = "channel";
  String PUBLIC = "public";
  String EXTRACT = "extract";
  String VERIFY = "verify";
  String LIMIT = "limit";

  /** Looks away. */
  Witness NOBODY = new Witness() {};

  /** The names of all steps of a request that led here, in order. */
  static List<String> steps(RouteMatch match) {
    return StepsTaken.names(match);
  }

  /** The step with this name did not refuse. */
  default void passed(String step) {}

  /** The token is known, and its checks begin. */
  default void known(TokenUse use) {}
}
