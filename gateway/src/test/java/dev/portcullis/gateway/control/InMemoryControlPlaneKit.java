package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.TokenStore;

/** A control plane before a store that is a few maps, for tests to which the store is nothing. */
abstract class InMemoryControlPlaneKit extends ControlPlaneKit {
  protected final InMemoryStore store = new InMemoryStore(clock);

  @Override
  protected TokenRegistry registry() {
    return store.registry();
  }

  @Override
  protected AuditTrail trail() {
    return store.trail();
  }

  @Override
  protected TokenStore store() {
    return store;
  }
}
