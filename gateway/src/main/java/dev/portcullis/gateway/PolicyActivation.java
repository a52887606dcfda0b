package dev.portcullis.gateway;

import dev.portcullis.gateway.health.PolicyChanges;
import dev.portcullis.gateway.issuer.JwtVerifier;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.meter.RequestMeters;
import dev.portcullis.gateway.proxy.ActivePolicies;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one way in which policies come into force, or are told of as unsound. */
final class PolicyActivation {
  private final ActivePolicies active;
  private final JwtVerifier foreign;
  private final PolicyChanges changes;
  private final Meters meters;
  private final RequestMeters requests;

  PolicyActivation(
      ActivePolicies active,
      JwtVerifier foreign,
      PolicyChanges changes,
      Meters meters,
      RequestMeters requests) {
    this.active = active;
    this.foreign = foreign;
    this.changes = changes;
    this.meters = meters;
    this.requests = requests;
  }

  /** Puts them in force, whole; or none of them, for these reasons. */
  List<Problem> activate(Policies policies) {
    return switch (active.swap(policies)) {
      case ActivePolicies.Unfit(List<Problem> problems) -> problems;
      case ActivePolicies.Swapped _ -> {
        foreign.expect(policies.list());
        changes.inForce();
        meters.keepRoutes(active.routes());
        requests.keepApis(
            Stream.concat(
                    policies.list().stream().map(Policy::api), Stream.of(Policies.RESERVED_API))
                .collect(Collectors.toSet()));
        yield List.of();
      }
    };
  }

  /** A change of the files is not sound, for these reasons, and changes nothing. */
  void unsound(List<Problem> problems) {
    meters.reloadFailed();
    changes.unsound(problems);
  }
}
