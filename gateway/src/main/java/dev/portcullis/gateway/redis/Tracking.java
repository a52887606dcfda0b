package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.CacheCoherence;
import dev.portcullis.gateway.token.TokenHash;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.StringCodec;
import java.util.List;

/**
 * Hears Redis tell of written records ({@code CLIENT TRACKING} in broadcast mode, RESP3) and passes
 * it on. Called on the connection's event loop, in the order in which Redis sent.
 */
final class Tracking implements PushListener {
  private static final String INVALIDATE = "invalidate";

  private final CacheCoherence coherence;

  Tracking(CacheCoherence coherence) {
    this.coherence = coherence;
  }

  /** What switches it on; the same on every connection. */
  static TrackingArgs args() {
    return TrackingArgs.Builder.enabled().bcast().prefixes(Keys.TOKEN, Keys.PRINCIPAL);
  }

  @Override
  public void onPushMessage(PushMessage message) {
    if (message.getType().equals(INVALIDATE)) {
      List<Object> content = message.getContent(StringCodec.UTF8::decodeKey);
      if (content.get(1) instanceof List<?> keys) {
        keys.forEach(key -> changed(String.valueOf(key)));
      } else {
        // No keys: the whole database was emptied.
        coherence.everythingChanged();
      }
    }
  }

  private void changed(String key) {
    if (key.startsWith(Keys.TOKEN)) {
      // A key that is no hash of a secret is not looked up, so nothing of it is cached.
      TokenHash.read(key.substring(Keys.TOKEN.length())).ifPresent(coherence::tokenChanged);
    } else if (key.startsWith(Keys.PRINCIPAL)) {
      coherence.principalChanged(key.substring(Keys.PRINCIPAL.length()));
    }
  }
}
