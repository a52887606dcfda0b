package dev.portcullis.gateway.health;

/** The port through which a part of the gateway tells how it is. */
@FunctionalInterface
public interface Watch {

  /** How it is now. Never waits and never fails. */
  Part look();
}
