package dev.portcullis.gateway.decision;

/** Whoever is told how far one request comes in the chain. */
interface Witness {
  String CHANNEL = "channel";
  String PUBLIC = "public";
  String EXTRACT = "extract";
  String VERIFY = "verify";
  String LIMIT = "limit";

  /** Looks away. */
  Witness NOBODY = new Witness() {};

  /** The step with this name did not refuse. */
  default void passed(String step) {}

  /** The token is known, and its checks begin. */
  default void known(TokenUse use) {}
}
