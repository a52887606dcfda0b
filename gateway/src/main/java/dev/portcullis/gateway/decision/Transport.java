package dev.portcullis.gateway.decision;

/** How the client's request came, as far as the gateway or a trusted proxy. */
public enum Transport {
  /** Over TLS. */
  TLS,
  /** Over plain HTTP: others may have read along. */
  PLAIN,
  /** Unknown: a trusted proxy in between does not tell, or tells both. */
  UNTOLD;

  /** As one hop sees it. */
  public static Transport of(boolean tls) {
    return tls ? TLS : PLAIN;
  }
}
