package dev.portcullis.gateway.token;

/** Whether a token is good at an instant. */
public enum TokenStatus {
  ACTIVE,
  EXPIRED,
  REVOKED
}
