package dev.portcullis.policy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What tokens are like that are made for an API.
 *
 * @param prefixes what their secrets begin with, separator included, by the word of their kind; the
 *     gateway's own where it has none
 * @param lifetime where a request for a token does not say; empty for the setting's
 * @param longestLifetime longer is refused; empty for the setting's
 * @param changeable which of {@code name}, {@code description} and {@code tags} can be changed
 */
public record TokenRules(
    Map<String, String> prefixes,
    Optional<Duration> lifetime,
    Optional<Duration> longestLifetime,
    Set<String> changeable) {
  /** All that people may write about a token. */
  public static final Set<String> DESCRIPTIVE = Set.of("name", "description", "tags");

  /** The rules where a policy says nothing. */
  public static final TokenRules NONE =
      new TokenRules(Map.of(), Optional.empty(), Optional.empty(), DESCRIPTIVE);

  public TokenRules {
    prefixes = Map.copyOf(prefixes);
    changeable = Set.copyOf(changeable);
  }
}
