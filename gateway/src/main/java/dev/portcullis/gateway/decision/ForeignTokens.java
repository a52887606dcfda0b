package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.policy.Policy;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The port through which access tokens are verified that other issuers made. */
@FunctionalInterface
public interface ForeignTokens {
  /** Of no other issuer. */
  ForeignTokens NONE = (_, _) -> Optional.empty();

  /**
   * What is known of a text that claims to be a token of one of the policy's issuers; empty where
   * it makes no such claim. The stage never fails: keys that cannot be had are an outage.
   */
  Optional<CompletionStage<Verification>> verify(SecretText text, Policy policy);

  /** What it can tell without a signature or a remote call; of the rest it knows nothing. */
  default ForeignTokens remembered() {
    return NONE;
  }
}
