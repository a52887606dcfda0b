package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.TrustedProxies;
import dev.portcullis.gateway.log.LineRate;
import java.time.Duration;
import java.util.List;

/**
 * How the data plane is set up.
 *
 * @param trustedProxies whose word on client addresses, channels and request ids counts
 * @param identity the names of the headers that tell an upstream who is asking
 * @param upstream how long upstreams may take
 * @param clients what clients may cost
 * @param logs how many lines are written
 */
public record ProxySettings(
    TrustedProxies trustedProxies,
    IdentityHeaders identity,
    UpstreamTimeouts upstream,
    ClientBounds clients,
    Logs logs) {

  /** No trusted proxies, and the default of everything else. */
  public static final ProxySettings DEFAULT =
      new ProxySettings(
          new TrustedProxies(List.of()),
          IdentityHeaders.DEFAULT,
          UpstreamTimeouts.DEFAULT,
          ClientBounds.DEFAULT,
          Logs.DEFAULT);

  /**
   * How long upstreams may take.
   *
   * @param connect to accept a connection
   * @param response to begin a response, from the last sign of progress of the request on; a slow
   *     upload is not held against the upstream
   * @param idle to be silent within a response or a WebSocket session
   */
  public record UpstreamTimeouts(Duration connect, Duration response, Duration idle) {
    /** 2 seconds, 30 seconds, 5 minutes. */
    public static final UpstreamTimeouts DEFAULT =
        new UpstreamTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(5));
  }

  /**
   * How many lines are written.
   *
   * @param refusals of refusals, for each reason
   * @param access of the access log where it is on, and as many of requests that failed
   */
  public record Logs(LineRate refusals, LineRate access) {
    /** 50 and 1,000 a second. */
    public static final Logs DEFAULT = new Logs(new LineRate(50), new LineRate(1000));
  }
}
