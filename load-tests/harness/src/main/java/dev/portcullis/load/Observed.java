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
    Gateway seen = start(deployment, "on", policies, List.of());
    Gateway told = start(deployment, "access-log", policies, List.of(ACCESS_LOG));
    Contest.Side off = new Contest.Side(blind.target(), load);
    Contest.Side on = new Contest.Side(seen.target(), load);
    Contest.Side logged = new Contest.Side(told.target(), load);
    Contest contest = Contest.run(bench, List.of(on, off, logged));
    for (Contest.Side watched : List.of(on, logged)) {
      String side = watched.name();
      double ratio = contest.ratio(watched, off, Round::perSecond);
      String what = "throughput, " + side + " in parts of off";
      figures.add(
          watched.equals(on)
              ? Figure.atLeast(what, ratio, "", TARGET)
              : Figure.told(what, ratio, ""));
      figures.add(
          Figure.told(
              "CPU time a request, " + side + " in parts of off",
              contest.ratio(watched, off, Round::cpuMicros),
              ""));
    }
    figures.add(Figure.exactly("answers other than 200", contest.failures(), 0));
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Machine.SHARED,
            "on: as installed, metrics and a line for each refusal; access-log: a line for each"
                + " request besides; off: management.metrics.enable.all=false and"
                + " logging.level.root=off.",
            "One request in "
                + (ADMITTED_FOR_EACH_REFUSED + 1)
                + " is refused, for want of a scope, by an error profile that answers 200.",
            "Rounds go forwards and backwards in turn; a ratio is the median over the rounds."),
        figures,
        contest.charts(),
        List.of(contest.summary(), contest.rounds()));
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
