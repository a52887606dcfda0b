package dev.portcullis.gateway.proxy;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.netty.http.client.HttpClient;

/**
 * The upstreams' client, one for each event loop: a request goes out on the loop that it came in
 * on, over a connection of that loop, so that no other thread has part in it.
 */
final class UpstreamClients {
  private final HttpClient client;
  private final Map<EventLoop, HttpClient> ofLoops = new ConcurrentHashMap<>();

  UpstreamClients(HttpClient client) {
    this.client = client;
  }

  /** The one whose connections belong to this loop; connections are kept apart by resources. */
  HttpClient of(EventLoop loop) {
    // computeIfAbsent alone may lock for a key that is there
    HttpClient known = ofLoops.get(loop);
    return known != null
        ? known
        : ofLoops.computeIfAbsent(loop, only -> client.runOn(useNative -> only));
  }
}
