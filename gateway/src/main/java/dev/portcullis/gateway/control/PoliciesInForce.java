package dev.portcullis.gateway.control;

import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Scope;
import java.util.List;
import java.util.Map;

/** The port through which the control plane learns what the data plane goes by just now. */
@FunctionalInterface
public interface PoliciesInForce {

  /** All policies. */
  Policies current();

  /** For each API, its roles and the scopes each stands for. */
  default List<Map<String, List<Scope>>> rolesPerApi() {
    return current().rolesPerApi();
  }
}
