package dev.portcullis.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Ten thousand routes against ten: time to ready, and throughput. */
final class Routes implements Measurement {
  private static final PolicyFiles FEW = new PolicyFiles(1, 10);
  private static final PolicyFiles MANY = new PolicyFiles(10, 1_000);
  private static final int STARTS = 3;

  @Override
  public String name() {
    return "routes";
  }

  @Override
  public String purpose() {
    return "10,000 routes against 10: time to ready and throughput";
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    Table starts = Table.of("Starts", "routes", "ready s", "CPU time s");
    double slowest = 0;
    for (int i = 1; i < STARTS; i++) {
      for (PolicyFiles policies : List.of(FEW, MANY)) {
        Gateway gateway = deployment.gateway(policies.total() + "-routes-" + i, policies);
        gateway.target().child().close();
        starts = row(starts, policies, gateway);
        slowest = policies.equals(MANY) ? Math.max(slowest, seconds(gateway.ready())) : slowest;
      }
    }
    Gateway few = deployment.gateway("10 routes", FEW);
    Gateway many = deployment.gateway("10,000 routes", MANY);
    starts = row(row(starts, FEW, few), MANY, many);
    slowest = Math.max(slowest, seconds(many.ready()));

    Credential credential = few.credentials("hot", 1).getFirst();
    Contest.Side ten =
        new Contest.Side(few.target(), Wrk.of(bench, "few", credential, FEW.spread()));
    Contest.Side all =
        new Contest.Side(many.target(), Wrk.of(bench, "many", credential, MANY.spread()));
    Contest contest = Contest.run(bench, List.of(all, ten));
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Machine.SHARED,
            "Requests go in turn to the first, the middle and the last route and to those"
                + " between."),
        List.of(
            Figure.atMost("slowest start with 10,000 routes", slowest, "s", 15),
            Figure.atLeast(
                "throughput, 10,000 routes in parts of 10",
                contest.ratio(all, ten, Round::perSecond),
                "",
                0.9),
            Figure.told(
                "CPU time a request, 10,000 routes in parts of 10",
                contest.ratio(all, ten, Round::cpuMicros),
                ""),
            Figure.exactly("answers other than 200", contest.failures(), 0)),
        contest.charts(),
        List.of(starts, contest.summary(), contest.rounds()));
  }

  private static Table row(Table starts, PolicyFiles policies, Gateway gateway) {
    return starts.with(policies.total(), seconds(gateway.ready()), seconds(gateway.startCpu()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
