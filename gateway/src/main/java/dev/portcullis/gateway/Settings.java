package dev.portcullis.gateway;

import dev.portcullis.gateway.token.SecretText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * All settings, as bound from {@code portcullis.*}.
 *
 * @param policies directory of policy files; absent for the demo policy
 * @param policiesInterval how often the directory is looked at for changes
 * @param data directory of what the embedded default keeps: Redis data, pepper, operator token
 * @param redis the store
 * @param pepper the keys under which tokens are hashed
 * @param control the control plane
 * @param identity what upstreams are told of the caller
 * @param assertion the signed form of that
 * @param trustedProxies addresses and CIDR blocks whose {@code X-Forwarded-*} count
 * @param cache the near cache
 * @param tokens how long tokens live, and when they are old
 * @param audit the audit trail
 * @param failures how many failed authentications are let pass
 * @param upstream how long upstreams may take
 * @param client what clients may cost
 * @param parameters where secrets are put that are not shown
 * @param log what the log may cost
 * @param accessLog a line in the log for each request
 * @param tracing where spans of requests go
 */
@ConfigurationProperties("portcullis")
record Settings(
    @Nullable Path policies,
    @DefaultValue("1s") Duration policiesInterval,
    @DefaultValue("data") Path data,
    @DefaultValue Redis redis,
    @DefaultValue Peppers pepper,
    @DefaultValue Control control,
    @DefaultValue Identity identity,
    @DefaultValue Assertion assertion,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue Cache cache,
    @DefaultValue Tokens tokens,
    @DefaultValue Audit audit,
    @DefaultValue Failures failures,
    @DefaultValue Upstream upstream,
    @DefaultValue Client client,
    @DefaultValue Parameters parameters,
    @DefaultValue Log log,
    @DefaultValue AccessLog accessLog,
    @DefaultValue Tracing tracing) {

  /** Whether the gateway runs its own Redis, and may make the secrets that it was not given. */
  boolean embedded() {
    return redis.uri() == null;
  }

  /**
   * The store.
   *
   * @param uri a {@code redis://}, {@code rediss://}, {@code redis-sentinel://} or {@code
   *     redis-cluster://} URI, a secret since it may hold a password; absent for the embedded Redis
   * @param timeout how long a request waits before the store counts as unavailable; operators wait
   *     2 s
   * @param trustedCertificates PEM file of the authorities to trust with TLS; absent for the JDK's
   */
  record Redis(
      @Nullable SecretText uri,
      @DefaultValue("200ms") Duration timeout,
      @Nullable Path trustedCertificates) {}

  /**
   * The keys under which tokens are hashed.
   *
   * @param current id of the one for new tokens
   * @param ring by id, base64 of at least 32 bytes each
   */
  record Peppers(@Nullable String current, @DefaultValue Map<String, SecretText> ring) {}

  /**
   * The control plane.
   *
   * @param port its TCP port
   * @param address where it listens
   * @param hosts names by which it is reached, besides {@code localhost} and IP addresses
   * @param operatorToken the first operator's, at least 32 characters; embedded: made and kept in a
   *     file
   */
  record Control(
      @DefaultValue("9090") int port,
      @DefaultValue("127.0.0.1") String address,
      @DefaultValue Set<String> hosts,
      @Nullable SecretText operatorToken) {}

  /** What upstreams are told of the caller. */
  record Identity(@DefaultValue Headers headers) {}

  /** The names of the identity headers. */
  record Headers(
      @DefaultValue("X-Auth-Subject") String subject,
      @DefaultValue("X-Auth-Email") String email,
      @DefaultValue("X-Auth-Organization") String organization,
      @DefaultValue("X-Auth-Token-Id") String tokenId,
      @DefaultValue("X-Auth-Scopes") String scopes,
      @DefaultValue("X-Auth-Assertion") String assertion) {}

  /**
   * What assertions are signed as.
   *
   * @param issuer their claim {@code iss}
   * @param rotation how long one key is signed with; the same on every gateway
   */
  record Assertion(
      @DefaultValue("portcullis") String issuer, @DefaultValue("24h") Duration rotation) {}

  /**
   * The near cache.
   *
   * @param tokens how many tokens it keeps
   * @param principals how many principals it keeps
   * @param unknown how many hashes it keeps that the store does not know
   * @param maxStaleness how long entries are served after the last proof that no change was missed
   * @param unknownFor how long a hash that the store does not know is kept
   */
  record Cache(
      @DefaultValue("100000") int tokens,
      @DefaultValue("100000") int principals,
      @DefaultValue("50000") int unknown,
      @DefaultValue("5s") Duration maxStaleness,
      @DefaultValue("2s") Duration unknownFor) {}

  /**
   * How many failed authentications are let pass.
   *
   * @param limit from one client address, as {@code NUMBER per second|minute|hour}; {@code none}
   *     for any number; the control plane has a count of its own
   */
  record Failures(@DefaultValue("300 per minute") String limit) {}

  /**
   * How long upstreams may take.
   *
   * @param connectTimeout to accept a connection
   * @param responseTimeout to begin a response
   * @param idleTimeout to be silent within a response or a WebSocket session
   */
  record Upstream(
      @DefaultValue("2s") Duration connectTimeout,
      @DefaultValue("30s") Duration responseTimeout,
      @DefaultValue("5m") Duration idleTimeout) {}

  /**
   * What clients may cost.
   *
   * @param idleTimeout to be silent between requests, or within a request's body
   * @param headTimeout to send a request's head, from its first byte on; the first from connecting
   * @param drainTime to send the rest of the body of a request already answered
   * @param writeTimeout to take nothing of an answer that is there for it
   * @param minBodyRate what has to come in a second of a body of announced length, over any 30 s of
   *     waiting for it; 0 for any
   * @param maxConnections open at once; more are reset
   * @param maxConnectionsPerAddress open at once from an IPv4 address or an IPv6 /64, trusted
   *     proxies excepted; more are reset
   */
  record Client(
      @DefaultValue("60s") Duration idleTimeout,
      @DefaultValue("10s") Duration headTimeout,
      @DefaultValue("30s") Duration drainTime,
      @DefaultValue("60s") Duration writeTimeout,
      @DefaultValue("256B") DataSize minBodyRate,
      @DefaultValue("10000") int maxConnections,
      @DefaultValue("1000") int maxConnectionsPerAddress) {}

  /**
   * How long tokens live, and when they are old.
   *
   * @param maxAge the age beyond which a token is flagged as old
   * @param expiringWithin a token that ends within this is flagged
   * @param lifetimes by kind: {@code api}, {@code personal}, {@code access-key} or {@code session};
   *     a session lives as long as its {@code default}, at most 60 minutes
   */
  record Tokens(
      @DefaultValue("90d") Duration maxAge,
      @DefaultValue("14d") Duration expiringWithin,
      @DefaultValue Map<String, Lifetime> lifetimes) {}

  /**
   * How long new or renewed tokens of one kind may live.
   *
   * @param byDefault where a request does not say; absent for {@code max}, or without end
   * @param max longer is refused; absent for any
   */
  record Lifetime(@Name("default") @Nullable Duration byDefault, @Nullable Duration max) {}

  /**
   * The audit trail.
   *
   * @param retention entries older than this are removed
   */
  record Audit(@DefaultValue("400d") Duration retention) {}

  /**
   * What the log may cost.
   *
   * @param refusalsPerSecond lines of refusals for each reason; more are counted, and the count is
   *     logged; 0 for counts only
   */
  record Log(@DefaultValue("50") int refusalsPerSecond) {}

  /**
   * A line in the log for each request, when it is over.
   *
   * @param enabled whether it is written
   * @param maxPerSecond lines, and as many more of requests that failed; more are counted, and the
   *     count is logged
   */
  record AccessLog(
      @DefaultValue("false") boolean enabled, @DefaultValue("1000") int maxPerSecond) {}

  /**
   * Where spans of requests go.
   *
   * @param endpoint of a collector, such as {@code http://collector:4318/v1/traces} (OTLP over
   *     HTTP); absent for no tracing
   * @param ratio of requests that are sampled, 0 to 1; trusted proxies decide for theirs
   * @param headers what the collector is sent besides, such as {@code authorization}
   */
  record Tracing(
      @Nullable URI endpoint,
      @DefaultValue("0.1") double ratio,
      @DefaultValue Map<String, SecretText> headers) {}
}
