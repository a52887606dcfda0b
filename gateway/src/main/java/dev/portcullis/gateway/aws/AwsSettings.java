package dev.portcullis.gateway.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How AWS Systems Manager is reached. Who the gateway is there, the SDK finds out as everywhere:
 * environment, profile, container or instance.
 *
 * @param region such as {@code eu-central-1}
 * @param endpoint in place of the region's own; empty for that
 * @param timeout of one call, all told
 */
public record AwsSettings(String region, Optional<URI> endpoint, Duration timeout) {

  /**
   * Settings that can be kept.
   *
   * @throws IllegalArgumentException with a message for people
   */
  public AwsSettings {
    if (!region.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException("region '" + region + "' is none");
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("a time-out is more than nothing");
    }
  }
}
