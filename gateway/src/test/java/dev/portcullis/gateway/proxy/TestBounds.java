package dev.portcullis.gateway.proxy;

import java.time.Duration;

/** Bounds for clients in tests that wait until they are reached. */
final class TestBounds {
  private static final ClientBounds DEFAULT = ClientBounds.DEFAULT;

  private TestBounds() {}

  /** The default settings with these bounds. */
  static ProxySettings settings(ClientBounds bounds) {
    return new ProxySettings(
        ProxySettings.DEFAULT.trustedProxies(),
        ProxySettings.DEFAULT.identity(),
        ProxySettings.DEFAULT.upstream(),
        bounds,
        ProxySettings.DEFAULT.logs());
  }

  /** Times only; any number of connections, and any rate of bodies. */
  static ClientBounds times(Duration idle, Duration head, Duration drain, Duration write) {
    return new ClientBounds(
        idle, head, drain, write, 0, DEFAULT.connections(), DEFAULT.connectionsOfNetwork());
  }

  /** Numbers only. */
  static ClientBounds connections(int inAll, int ofNetwork) {
    return new ClientBounds(
        DEFAULT.idle(),
        DEFAULT.head(),
        DEFAULT.drain(),
        DEFAULT.write(),
        DEFAULT.bodyRate(),
        inAll,
        ofNetwork);
  }
}
