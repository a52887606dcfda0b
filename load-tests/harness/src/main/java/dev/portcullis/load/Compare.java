package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gateway with a hot token, all checks, a leased limit and meters on, against every peer. */
final class Compare implements Measurement {
  private static final String ROUTE = "items";
  private static final String LIMIT = "999999999 per second leased";
  private static final Map<String, Double> THROUGHPUT = Map.of("bare", 1.2, "haproxy-map", 0.45);
  private static final Map<String, Double> CPU = Map.of("bare", 0.85);

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String purpose() {
    return "requests a second with a hot token and all checks, against every peer";
  }

  @Override
  public List<String> inShort() {
    return List.of("--rounds=1", "--seconds=2", "--warmup=2");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    Gateway gateway = deployment.gateway("portcullis", new LimitPolicies(Map.of(ROUTE, LIMIT)));
    Credential credential = gateway.credentials("hot", 1).getFirst();
    Stage stage =
        new Stage(
            deployment.upstream(), LimitPolicies.pattern(ROUTE), credential, deployment.redis());
    Peers peers = Peers.start(bench, stage, Peers.ALL);
    Wrk load = Wrk.of(bench, name(), credential, List.of(stage.path()));
    Contest.Side own = new Contest.Side(gateway.target(), load);
    Map<String, Contest.Side> others = new LinkedHashMap<>();
    peers
        .running()
        .forEach((peer, target) -> others.put(peer.name(), new Contest.Side(target, load)));
    List<Contest.Side> sides = new ArrayList<>(List.of(own));
    sides.addAll(others.values());
    Contest contest = Contest.run(bench, sides);

    List<String> notes =
        new ArrayList<>(
            List.of(
                Machine.SHARED,
                "portcullis: one token with its e-mail, a scope with the path's variable, a list of"
                    + " allowed addresses, a limit of "
                    + LIMIT
                    + ", meters on, as installed.",
                "All sides get the same bytes from wrk (token and e-mail) and reach the same nginx"
                    + " over connections that stay open. A peer was seen to admit the token and to"
                    + " refuse what it checks before the first round.",
                "CPU time is of all processes of a side: not of wrk, of the upstream, of Redis or"
                    + " of the introspection endpoint.",
                "Rounds are interleaved, forwards and backwards in turn; a ratio is the median over"
                    + " the rounds."));
    notes.addAll(peers.missing());
    double counted = gateway.control().metrics().allowed() / contest.good(own);
    return new Report(
        name(),
        Machine.facts(deployment),
        notes,
        figures(contest, own, others, counted),
        contest.charts(),
        List.of(peers.table(), contest.summary(), contest.rounds()));
  }

  private static List<Figure> figures(
      Contest contest, Contest.Side own, Map<String, Contest.Side> others, double counted) {
    List<Figure> figures = new ArrayList<>();
    others.forEach(
        (name, other) -> {
          String what = "throughput, portcullis in parts of " + name;
          double ratio = contest.ratio(own, other, Round::perSecond);
          Double least = THROUGHPUT.get(name);
          figures.add(
              least == null
                  ? Figure.told(what, ratio, "")
                  : Figure.atLeast(what, ratio, "", least));
        });
    others.forEach(
        (name, other) -> {
          String what = "CPU time a request, portcullis in parts of " + name;
          double ratio = contest.ratio(own, other, Round::cpuMicros);
          Double most = CPU.get(name);
          figures.add(
              most == null ? Figure.told(what, ratio, "") : Figure.atMost(what, ratio, "", most));
        });
    figures.add(
        Figure.atLeast("requests in the gateway's own meters, in parts of sent", counted, "", 1));
    figures.add(Figure.exactly("answers other than 200", contest.failures(), 0));
    return figures;
  }
}
