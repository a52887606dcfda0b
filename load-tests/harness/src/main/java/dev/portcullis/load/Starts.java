package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long some programs take from their start until they are ready, each several times in turn.
 */
record Starts(Map<String, List<Double>> seconds, Table table) {

  /** Starts each once, which does not count, and then as often as the options have rounds. */
  static Starts run(Bench bench, Deployment deployment, Map<String, Program> programs)
      throws IOException {
    Map<String, List<Double>> seconds = new TreeMap<>();
    Table table =
        Table.of("Starts", "round", "side", "ready s", "CPU time s", "resident MiB when ready");
    List<Map.Entry<String, Program>> sides = List.copyOf(new LinkedHashMap<>(programs).entrySet());
    for (int round = 0; round <= bench.options().rounds(); round++) {
      for (Map.Entry<String, Program> side : Contest.inOrder(round, sides)) {
        Gateway gateway =
            deployment.gateway(side.getKey() + " " + round, PolicyFiles.ONE_ROUTE, side.getValue());
        double resident = gateway.target().child().residentMib();
        gateway.target().child().close();
        double ready = gateway.ready().toMillis() / 1e3;
        if (round > 0) {
          seconds.computeIfAbsent(side.getKey(), first -> new ArrayList<>()).add(ready);
          table =
              table.with(
                  round, side.getKey(), ready, gateway.startCpu().toMillis() / 1e3, resident);
        }
      }
    }
    return new Starts(seconds, table);
  }

  Chart chart() {
    return new Chart(
        "Start to ready",
        "s",
        Chart.Better.LOWER,
        seconds.keySet().stream().map(side -> Bar.of(side, of(side))).toList());
  }

  /** Of one program. */
  Spread of(String side) {
    return Spread.of(seconds.getOrDefault(side, List.of()));
  }
}
