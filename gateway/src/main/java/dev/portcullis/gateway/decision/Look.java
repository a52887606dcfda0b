package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.limit.BucketKey;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.limit.Verdict;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * How one request is looked at: who reads tokens, what is made of what they find and of what that
 * leads to, who counts, and who watches.
 */
sealed interface Look extends LimitStep.Scale {
  TokenVerifier verifier();

  Witness witness();

  /** What is to be made of what was found. */
  Verification weigh(Verification verification);

  /** What is to be made of a decision before it is counted. */
  Decision note(Decision decision);

  /** In earnest: what fails counts against the client, and what passes against the limits. */
  record Earnest(TokenVerifier verifier, Suspicion suspicion, RateLimiter limiter, Witness witness)
      implements Look {

    @Override
    public Verification weigh(Verification verification) {
      return suspicion.weigh(verification);
    }

    @Override
    public Decision note(Decision decision) {
      return suspicion.noting(decision);
    }

    @Override
    public CompletionStage<Verdict> weigh(List<BucketKey> keys, long cost, long patienceNanos) {
      return limiter.admit(keys, cost, patienceNanos);
    }
  }

  /** Only to tell how it would be: nothing is written, and nothing counts. */
  record Rehearsal(TokenVerifier verifier, RateLimiter limiter, Witness witness) implements Look {

    @Override
    public Verification weigh(Verification verification) {
      return verification;
    }

    @Override
    public Decision note(Decision decision) {
      return decision;
    }

    @Override
    public CompletionStage<Verdict> weigh(List<BucketKey> keys, long cost, long patienceNanos) {
      return limiter.estimate(keys, cost);
    }
  }
}
