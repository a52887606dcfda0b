package dev.portcullis.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uses of tokens that wait to be written down: the latest of each token, of which at most one a
 * minute is taken. Safe for threads; nobody waits for it.
 */
public final class LastUses {
  /** How many tokens are kept where nothing else is said. */
  public static final int DEFAULT_SIZE = 100_000;

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final int size;
  private final InstantSource clock;
  private final Cache<String, Boolean> recorded;
  private final ConcurrentHashMap<String, LastUse> pending = new ConcurrentHashMap<>();

  /**
   * None so far.
   *
   * @param size how many tokens are kept; a use of one more is dropped
   * @param clock tells when a use was
   * @param ticker the monotonic clock of the minute
   */
  public LastUses(int size, InstantSource clock, Ticker ticker) {
    this.size = size;
    this.clock = clock;
    this.recorded =
        Caffeine.newBuilder().maximumSize(size).expireAfterWrite(INTERVAL).ticker(ticker).build();
  }

  /** Takes a use, unless one of the same token was taken within the last minute. */
  public void record(String tokenId, Optional<InetAddress> from) {
    if (recorded.getIfPresent(tokenId) != null || recorded.estimatedSize() >= size) {
      return;
    }
    if (recorded.asMap().putIfAbsent(tokenId, Boolean.TRUE) == null && hasRoomFor(tokenId)) {
      pending.put(tokenId, new LastUse(clock.instant(), from.map(InetAddress::getHostAddress)));
    }
  }

  private boolean hasRoomFor(String tokenId) {
    return pending.mappingCount() < size || pending.containsKey(tokenId);
  }

  /**
   * Takes out up to this many, for one writer to write down.
   *
   * @param max at least 1
   */
  public List<Use> drain(int max) {
    // Nobody else tidies up while all room is taken and nothing new gets in.
    recorded.cleanUp();
    List<Use> uses = new ArrayList<>();
    for (Map.Entry<String, LastUse> entry : pending.entrySet()) {
      if (uses.size() == max) {
        break;
      }
      LastUse last = entry.getValue();
      if (pending.remove(entry.getKey(), last)) {
        uses.add(new Use(entry.getKey(), last.at(), last.from()));
      }
    }
    return uses;
  }

  /** Puts back what could not be written, where there is room and no later use of the token. */
  public void putBack(List<Use> uses) {
    for (Use use : uses) {
      if (hasRoomFor(use.tokenId())) {
        pending.putIfAbsent(use.tokenId(), new LastUse(use.at(), use.from()));
      }
    }
  }
}
