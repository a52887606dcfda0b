package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision.Denied;

/** What a request is found to be as soon as its head is there. */
sealed interface Arrival {

  Passage passage();

  /** It is not lawful HTTP. */
  record Unlawful(Passage passage, RejectedRequest rejected) implements Arrival {}

  /** Something unexpected came in between. */
  record Failed(Passage passage, RuntimeException cause) implements Arrival {}

  /** It leads nowhere. */
  record Unrouted(Passage passage, Denied denied) implements Arrival {}

  /** It has a route, and is being decided over. */
  record Followed(Routed routed) implements Arrival {
    @Override
    public Passage passage() {
      return routed.passage();
    }
  }
}
