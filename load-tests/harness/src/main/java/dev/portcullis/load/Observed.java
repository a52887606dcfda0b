package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What operators see against nothing to be seen: what metrics and logs cost. */
final class Observed implements Measurement {
  private static final double TARGET = 0.97;
  private static final int ADMITTED_FOR_EACH_REFUSED = 19;
  private static final List<String> BLIND =
      List.of("--management.metrics.enable.all=false", "--logging.level.root=off");
  private static final String ACCESS_LOG = "--portcullis.access-log.enabled=true";

  @Override
  public String name() {
    return "observed";
  }

  @Override
  public String purpose() {
    return "requests a second with metrics and logs on, against the same with them off";
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    Policies policies = new RefusingPolicies();
    Gateway blind = start(deployment, "off", policies, BLIND);
    Credential credential = blind.credentials("hot", 1).getFirst();
    Wrk load = Wrk.of(bench, "observed", credential, paths());
    List<Figure> figures = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    Gateway seen = start(deployment, "on", policies, List.of());
    Gateway told = start(deployment, "access-log", policies, List.of(ACCESS_LOG));
    for (Gateway gateway : List.of(seen, told)) {
      String side = gateway.target().name();
      Duel duel =
          Duel.run(
              bench, new Duel.Side(gateway.target(), load), new Duel.Side(blind.target(), load));
      double ratio = duel.medianRatio(round -> round.wrk().perSecond());
      String what = "throughput, " + side + " in parts of off";
      figures.add(
          gateway.equals(seen)
              ? Figure.atLeast(what, ratio, "", TARGET)
              : Figure.told(what, ratio, ""));
      figures.add(
          Figure.told(
              "CPU time a request, " + side + " in parts of off",
              duel.medianRatio(Round::cpuMicros),
              ""));
      figures.add(Figure.exactly(side + ": answers other than 200", duel.failures(), 0));
      tables.add(duel.summary().titled("Medians, " + side));
      tables.add(duel.rounds().titled("Rounds, " + side));
    }
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Throughput.SHARED,
            "on: as installed, metrics and a line for each refusal; access-log: a line for each"
                + " request besides; off: management.metrics.enable.all=false and"
                + " logging.level.root=off.",
            "One request in "
                + (ADMITTED_FOR_EACH_REFUSED + 1)
                + " is refused, for want of a scope, by an error profile that answers 200.",
            "Pairs of rounds are interleaved A B B A; a figure is the median over the pairs."),
        figures,
        tables);
  }

  private static Gateway start(
      Deployment deployment, String name, Policies policies, List<String> settings)
      throws IOException {
    return deployment.gateway(name, policies, deployment.redis().port(), settings);
  }

  private static List<String> paths() {
    List<String> paths =
        new ArrayList<>(Collections.nCopies(ADMITTED_FOR_EACH_REFUSED, RefusingPolicies.ADMITTED));
    paths.add(RefusingPolicies.REFUSED);
    return paths;
  }
}
