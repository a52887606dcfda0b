package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A token within its limit against the same token without one. */
final class Limited implements Measurement {
  private static final String FREE = "unlimited";
  private static final double TARGET = 0.95;

  /** In which a cold gateway may still take the store for unavailable. */
  private static final int FIRST_SECONDS = 3;

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
    List<Table> tables = new ArrayList<>();
    Duel.Side free = side(bench, gateway, credential, FREE);
    free.load().run(free.target(), FIRST_SECONDS);
    for (String limit : List.of("leased", "leased-million", "exact")) {
      Duel.Side limited = side(bench, gateway, credential, limit);
      limited.load().run(limited.target(), FIRST_SECONDS);
      Duel duel = Duel.run(bench, limited, free);
      double ratio = duel.medianRatio(round -> round.wrk().perSecond());
      String name = "throughput, " + limit + " in parts of " + FREE;
      figures.add(
          limit.equals("exact")
              ? Figure.told(name, ratio, "")
              : Figure.atLeast(name, ratio, "", TARGET));
      figures.add(
          Figure.told(
              "CPU time a request, " + limit + " in parts of " + FREE,
              duel.medianRatio(Round::cpuMicros),
              ""));
      figures.add(Figure.exactly(limit + ": answers other than 200", duel.failures(), 0));
      tables.add(duel.summary().titled("Medians, " + limit));
      tables.add(duel.rounds().titled("Rounds, " + limit));
    }
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Throughput.SHARED,
            "All sides are routes of one gateway process, so they differ in the limit only. leased:"
                + " 999,999,999 a second; leased-million and exact: 1,000,000 a second; more than"
                + " can be sent.",
            "Pairs of rounds are interleaved A B B A; a figure is the median over the pairs."),
        figures,
        tables);
  }

  private static Duel.Side side(Bench bench, Gateway gateway, Credential credential, String limit)
      throws IOException {
    Target target = new Target(limit, gateway.target().base(), gateway.target().child());
    return new Duel.Side(
        target, Wrk.of(bench, limit, credential, List.of(LimitPolicies.path(limit))));
  }
}
