package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One, ten, a thousand and ten thousand routes: time to ready, and throughput. */
final class Routes implements Measurement {
  private static final PolicyFiles TEN = new PolicyFiles(1, 10);
  private static final List<PolicyFiles> SIZES =
      List.of(PolicyFiles.ONE_ROUTE, TEN, new PolicyFiles(1, 1_000), new PolicyFiles(10, 1_000));
  private static final int STARTS = 3;

  /** As many as the smaller of the two sides that are judged has. */
  private static final int PATHS = TEN.total();

  private static final int READY = 15;
  private static final double TARGET = 0.97;

  private final List<Contest.Side> sides = new ArrayList<>();
  private final List<Bar> ready = new ArrayList<>();
  private Table starts = Table.of("Starts", "routes", "ready s", "CPU time s");

  @Override
  public String name() {
    return "routes";
  }

  @Override
  public String purpose() {
    return "1, 10, 1,000 and 10,000 routes: time to ready and throughput";
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    ControlPlane control = deployment.gateway("control", PolicyFiles.ONE_ROUTE).control();
    control.createPrincipal("hot", PolicyFiles.SCOPES);
    Credential hot = control.createTokens("hot", PolicyFiles.SCOPES, 1).getFirst();
    for (PolicyFiles size : SIZES) {
      start(bench, deployment, size, hot);
    }
    Contest contest = Contest.run(bench, sides);
    List<Figure> figures = new ArrayList<>();
    Contest.Side ten = sides.get(1);
    Contest.Side most = sides.getLast();
    figures.add(
        Figure.atMost(
            "slowest start with " + most.name() + " routes", ready.getLast().high(), "s", READY));
    for (Contest.Side side : List.of(most, sides.get(2), sides.get(0))) {
      double ratio = contest.ratio(side, ten, Round::perSecond);
      String what = "throughput, " + routes(side) + " in parts of " + ten.name();
      figures.add(
          side.equals(most)
              ? Figure.atLeast(what, ratio, "", TARGET)
              : Figure.told(what, ratio, ""));
    }
    figures.add(
        Figure.told(
            "CPU time a request, " + routes(most) + " in parts of " + ten.name(),
            contest.ratio(most, ten, Round::cpuMicros),
            ""));
    figures.add(Figure.exactly("answers other than 200", contest.failures(), 0));
    List<Chart> charts = new ArrayList<>(contest.charts());
    charts.add(new Chart("Start to ready", "seconds", Chart.Better.LOWER, ready));
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Machine.SHARED,
            "Requests go in turn to "
                + PATHS
                + " routes from the first to the last, so that the sides differ in the number of"
                + " routes and not in that of the paths in use; to the only one where there is"
                + " one.",
            "Each side is a gateway process of its own, its last start of " + STARTS + ".",
            "Rounds go forwards and backwards in turn; a ratio is the median over the rounds."),
        figures,
        charts,
        List.of(starts, contest.summary(), contest.rounds()));
  }

  /** Starts it some times, and keeps the last. */
  private void start(Bench bench, Deployment deployment, PolicyFiles size, Credential hot)
      throws IOException {
    String label = String.format(Locale.ROOT, "%,d", size.total());
    List<Double> seconds = new ArrayList<>();
    for (int i = 1; i <= STARTS; i++) {
      Gateway gateway = deployment.gateway(size.total() + "-routes-" + i, size);
      seconds.add(gateway.ready().toMillis() / 1e3);
      starts = starts.with(label, seconds.getLast(), gateway.startCpu().toMillis() / 1e3);
      if (i < STARTS) {
        gateway.target().child().close();
        continue;
      }
      Target target = new Target(label, gateway.target().base(), gateway.target().child());
      sides.add(
          new Contest.Side(
              target, Wrk.of(bench, size.total() + "-routes", hot, size.spread(PATHS))));
    }
    ready.add(Bar.of(label, Spread.of(seconds)));
  }

  private static String routes(Contest.Side side) {
    return side.name() + (side.name().equals("1") ? " route" : " routes");
  }
}
