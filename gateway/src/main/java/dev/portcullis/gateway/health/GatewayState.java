package dev.portcullis.gateway.health;

/** How well the whole gateway can do its work. */
public enum GatewayState {
  SERVING,
  /** It serves what it can, and an operator should look. */
  DEGRADED,
  /** It cannot serve yet. */
  STARTING,
  /** It ends what runs and takes nothing new. */
  STOPPING
}
