package dev.portcullis.gateway.trace;

import dev.portcullis.gateway.decision.HeaderFields;

/** Whoever follows requests on their way. */
@FunctionalInterface
public interface Tracing {
  /** Follows none, and reads nothing of them. */
  Tracing OFF = (method, fields, trusted, begun) -> RequestTrace.NONE;

  /**
   * Follows a request, in the trace that it says it is part of or in one of its own.
   *
   * @param trusted whether the sender's word on sampling counts
   * @param begun reading of the monotonic clock
   */
  RequestTrace begin(String method, HeaderFields fields, boolean trusted, long begun);
}
