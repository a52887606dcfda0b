package dev.portcullis.gateway.control;

import dev.portcullis.gateway.health.GatewayHealth;
import dev.portcullis.gateway.health.PolicyChanges;
import dev.portcullis.gateway.health.Standing;
import dev.portcullis.gateway.meter.Readings;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Replies to the question how the gateway is. Asks nobody, so that it answers in any state. */
final class StatusHandler {
  private final GatewayHealth health;
  private final PolicyChanges changes;
  private final PoliciesInForce policies;
  private final Readings readings;

  StatusHandler(
      GatewayHealth health, PolicyChanges changes, PoliciesInForce policies, Readings readings) {
    this.health = health;
    this.changes = changes;
    this.policies = policies;
    this.readings = readings;
  }

  /** Numbers over all organizations, and details, are for operators of none only. */
  Mono<Reply> show(OperatorCall call) {
    boolean all = call.operator().organization().isEmpty();
    return Mono.fromSupplier(() -> Reply.ok(all ? whole() : outline()))
        .subscribeOn(Schedulers.boundedElastic());
  }

  private StatusView outline() {
    Standing standing = health.look();
    return StatusView.outline(standing, version(), health.startedAt());
  }

  private StatusView whole() {
    Standing standing = health.look();
    return StatusView.whole(
        standing,
        version(),
        health.startedAt(),
        StatusView.PoliciesView.of(policies.current(), changes.known()),
        readings);
  }

  /** As the jar's manifest has it; a program that runs from its classes has none. */
  private static String version() {
    return Objects.requireNonNullElse(
        StatusHandler.class.getPackage().getImplementationVersion(), "development");
  }
}
