package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A token within its limit against the same token without one. */
final class Limited implements Measurement {
  private static final String FREE = "unlimited";
  private static final double TARGET = 0.95;

  private static final Map<String, String> LIMITS =
      Map.of(
          FREE,
          "",
          "leased",
          "999999999 per second leased",
          "leased-million",
          "1000000 per second leased",
          "exact",
          "1000000 per second");

  @Override
  public String name() {
    return "limited";
  }

  @Override
  public String purpose() {
    return "requests a second with a token within its limit, against no limit";
  }

  @Override
  public List<String> defaults() {
    return List.of("--warmup=15");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    Gateway gateway = deployment.gateway("portcullis", new LimitPolicies(LIMITS));
    Credential credential = gateway.credentials("hot", 1).getFirst();
    List<Figure> figures = new ArrayList<>();
    List<Contest.Side> sides = new ArrayList<>();
    for (String limit : List.of(FREE, "leased", "leased-million", "exact")) {
      sides.add(side(bench, gateway, credential, limit));
    }
    Contest contest = Contest.run(bench, sides);
    Contest.Side free = sides.getFirst();
    for (Contest.Side limited : sides.subList(1, sides.size())) {
      String limit = limited.name();
      double ratio = contest.ratio(limited, free, Round::perSecond);
      String name = "throughput, " + limit + " in parts of " + FREE;
      figures.add(
          limit.equals("exact")
              ? Figure.told(name, ratio, "")
              : Figure.atLeast(name, ratio, "", TARGET));
      figures.add(
          Figure.told(
              "CPU time a request, " + limit + " in parts of " + FREE,
              contest.ratio(limited, free, Round::cpuMicros),
              ""));
    }
    figures.add(Figure.exactly("answers other than 200", contest.failures(), 0));
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Machine.SHARED,
            "All sides are routes of one gateway process, so they differ in the limit only. leased:"
                + " 999,999,999 a second; leased-million and exact: 1,000,000 a second; more than"
                + " can be sent.",
            "Rounds go forwards and backwards in turn; a ratio is the median over the rounds."),
        figures,
        contest.charts(),
        List.of(contest.summary(), contest.rounds()));
  }

  private static Contest.Side side(
      Bench bench, Gateway gateway, Credential credential, String limit) throws IOException {
    Target target = new Target(limit, gateway.target().base(), gateway.target().child());
    return new Contest.Side(
        target, Wrk.of(bench, limit, credential, List.of(LimitPolicies.path(limit))));
  }
}
