package dev.portcullis.gateway.decision;

import dev.portcullis.policy.CanonicalPath;
import java.net.InetAddress;
import java.util.Optional;

/**
 * All that the chain knows of a request: its head, never its body.
 *
 * @param method as received
 * @param path canonical already; a request without one never gets here
 * @param query as received, without {@code ?}; empty where there is none
 * @param headers as received, nothing added or taken away
 * @param client the client's address, behind trusted proxies where configured; empty when unknown
 * @param transport how it came, to the gateway or to a trusted proxy
 */
public record RequestHead(
    String method,
    CanonicalPath path,
    Optional<String> query,
    HeaderFields headers,
    Optional<InetAddress> client,
    Transport transport) {

  /** Whether the client is known to have spoken TLS. */
  public boolean secure() {
    return transport == Transport.TLS;
  }
}
