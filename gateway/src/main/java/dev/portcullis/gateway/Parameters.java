package dev.portcullis.gateway;

import dev.portcullis.gateway.token.SecretText;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where secrets are put that are not shown, as bound from {@code portcullis.parameters.*}.
 *
 * @param store {@code built-in} for Redis, or {@code aws} for AWS Systems Manager
 * @param keys of the built-in store, by id, base64 of 32 bytes each; embedded: besides these, one
 *     made and kept in a file, {@code embedded}
 * @param aws AWS Systems Manager
 */
record Parameters(
    @DefaultValue("built-in") Place store,
    @DefaultValue Map<String, SecretText> keys,
    @DefaultValue Aws aws) {

  /** The kinds of place. */
  enum Place {
    BUILT_IN,
    AWS
  }

  /**
   * AWS Systems Manager.
   *
   * @param region such as {@code eu-central-1}; required where this is the store
   * @param endpoint in place of the region's own
   * @param timeout of one call
   */
  record Aws(
      @Nullable String region, @Nullable URI endpoint, @DefaultValue("5s") Duration timeout) {}
}
