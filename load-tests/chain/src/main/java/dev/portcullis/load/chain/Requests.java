package dev.portcullis.load.chain;

import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.gateway.decision.Transport;
import dev.portcullis.policy.CanonicalPath;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.RouteMatch;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.Optional;

/** The requests that the load tests send, as the gateway's chain is shown them. */
final class Requests {
  /** Of a route without a limit. */
  static final String FREE = "/free/42";

  /** Of a route with one leased limit, more than can be sent. */
  static final String LEASED = "/leased/42";

  private static final String POLICY =
      """
      api: limits
      upstream: http://127.0.0.1:9000
      credentials: [bearer]
      email: required
      routes:
        - match: GET /free/{item}
          scopes: ["free/{item}:read"]
        - match: GET /leased/{item}
          scopes: ["leased/{item}:read"]
          limit: 999999999 per second leased
      """;

  private Requests() {}

  /** The head of a GET with the fields that wrk sends, in Netty's own container. */
  static RequestHead head(String path, String secret) {
    HttpHeaders fields =
        new DefaultHttpHeaders()
            .add("Host", "127.0.0.1:8080")
            .add("Authorization", "Bearer " + secret)
            .add("Email", OneToken.EMAIL);
    if (!(CanonicalPath.of(path) instanceof CanonicalPath.Canonical(CanonicalPath canonical))) {
      throw new IllegalStateException(path);
    }
    return new RequestHead(
        "GET",
        canonical,
        Optional.empty(),
        fields::getAll,
        Optional.of(InetAddress.ofLiteral("127.0.0.1")),
        Transport.PLAIN);
  }

  static RouteMatch match(RequestHead head) {
    if (!(PolicyReader.read("limits.yaml", POLICY) instanceof PolicyReader.Read read)) {
      throw new IllegalStateException("the policy is not sound");
    }
    return Policies.of(1, read.policies()).index().match(head.method(), head.path()).orElseThrow();
  }
}
