package dev.portcullis.load;

import java.util.Map;
import java.util.TreeMap;

/** Refusals by reason: as wrk saw them, beside the gateway's own meters. */
final class RefusalCounts {
  private final Map<String, Long> received = new TreeMap<>();
  private final Metrics metrics;

  RefusalCounts(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Adds what was received for this reason. */
  void received(String reason, long refusals) {
    received.merge(reason, refusals, Long::sum);
  }

  /** That each was counted, for the reason of which it is least true. */
  Figure figure() {
    return Figure.atLeast(
        "refusals in the gateway's own meters, in parts of received; least of all reasons",
        received.entrySet().stream()
            .mapToDouble(of -> metrics.refused(of.getKey()) / of.getValue())
            .min()
            .orElse(0),
        "",
        1);
  }

  Table table() {
    Table table = Table.of("Refusals by reason", "reason", "received", "in the gateway's meters");
    for (Map.Entry<String, Long> of : received.entrySet()) {
      table = table.with(of.getKey(), of.getValue(), metrics.refused(of.getKey()));
    }
    return table;
  }
}
