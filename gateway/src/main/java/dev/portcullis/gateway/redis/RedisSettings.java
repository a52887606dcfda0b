package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.CacheSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the store is reached. Never shows the URI, for it may have a password.
 *
 * @param uri of Redis; empty for an embedded one. {@code redis://}, {@code redis-sentinel://} and
 *     {@code redis-cluster://}, or with TLS {@code rediss://} and so on
 * @param timeout of one command
 * @param trustedCertificates a PEM file of the authorities to trust with TLS; empty for the JDK's
 * @param dataDirectory where an embedded Redis keeps its data
 * @param cache the near cache's bounds
 */
public record RedisSettings(
    Optional<String> uri,
    Duration timeout,
    Optional<Path> trustedCertificates,
    Path dataDirectory,
    CacheSettings cache) {
  /** The time-out of one command where none is set. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(200);

  @Override
  public String toString() {
    return "RedisSettings[" + (uri.isPresent() ? "external" : "embedded") + "]";
  }
}
