package dev.portcullis.policy;

/** A permission that is asked for, in the parts that granted ones are compared with. */
public sealed interface RequiredScope permits Scope, ScopeTemplate.Resolved {

  /** How many segments it has, at least one. */
  int size();

  /** One of its segments, the first of which is 0. */
  String segment(int index);

  /** The action. */
  String action();

  /** Whether this is a permission of the gateway's own, and of no API. */
  default boolean isForGateway() {
    return segment(0).equals(Scope.GATEWAY);
  }
}
