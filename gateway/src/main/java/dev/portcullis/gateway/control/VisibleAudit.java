package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Page;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The audit trail as one operator sees it: other organizations' entries do not exist. */
final class VisibleAudit {
  /** How many entries are read at once. */
  static final int AT_ONCE = 200;

  private final AuditTrail trail;

  VisibleAudit(AuditTrail trail) {
    this.trail = trail;
  }

  /** A page of entries. */
  Mono<Outcome<Page<SealedEntry>>> entries(
      Operator operator, AuditFilter filter, Optional<String> cursor, int limit) {
    return operator.seesAnyOf(filter.organization())
        ? Stages.mono(() -> trail.entries(bound(operator, filter), cursor, limit))
        : Mono.just(new Outcome.Done<>(new Page<>(List.of(), Optional.empty())));
  }

  private static AuditFilter bound(Operator operator, AuditFilter filter) {
    return new AuditFilter(
        filter.token(),
        filter.principal(),
        filter.organization().or(operator::organization),
        filter.actor(),
        filter.action(),
        filter.refused(),
        filter.since(),
        filter.until());
  }

  /** The entries after a page, to the end; breaks off where the store does not answer. */
  Flux<SealedEntry> after(Operator operator, AuditFilter filter, Page<SealedEntry> page) {
    return Mono.just(page)
        .expand(
            before ->
                before.next().isEmpty()
                    ? Mono.empty()
                    : entries(operator, filter, before.next(), AT_ONCE).map(VisibleAudit::read))
        .concatMapIterable(Page::items);
  }

  private static Page<SealedEntry> read(Outcome<Page<SealedEntry>> outcome) {
    if (outcome instanceof Outcome.Done<Page<SealedEntry>>(Page<SealedEntry> page)) {
      return page;
    }
    throw new StreamBrokenException(outcome.toString());
  }

  /** The id of the last entry, of whomever it is. */
  Mono<Outcome<String>> last() {
    return Stages.mono(trail::last);
  }
}
