package dev.portcullis.gateway.control;

import dev.portcullis.policy.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The port through which the control plane learns what {@code role:NAME} stands for just now. */
@FunctionalInterface
public interface KnownRoles {

  /** For each API in force, its roles and the scopes each stands for. */
  Collection<Map<String, List<Scope>>> perApi();
}
