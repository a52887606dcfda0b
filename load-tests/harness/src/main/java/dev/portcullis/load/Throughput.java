package dev.portcullis.load;

import java.io.IOException;
import java.util.List;

/** The gateway with a cached token, all checks and meters on, against the bare peer. */
final class Throughput implements Measurement {
  static final String SHARED =
      "wrk, nginx, Redis and the measured JVM share the processors of one machine: ratios mean"
          + " more than absolute numbers.";
  private static final double TARGET = 0.9;

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String purpose() {
    return "requests a second with a cached token, against a bare Spring Cloud Gateway";
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    PolicyFiles policies = PolicyFiles.ONE_ROUTE;
    Gateway gateway = deployment.gateway("portcullis", policies);
    Credential credential = gateway.credentials("hot", 1).getFirst();
    Stage stage =
        new Stage(
            deployment.upstream(), policies.pattern(0), credential, deployment.redis());
    Target bare = new BareGateway("bare").start(bench, stage);
    Wrk load = Wrk.of(bench, "throughput", credential, List.of(policies.path(0)));

    Duel duel = Duel.run(bench, new Duel.Side(gateway.target(), load), new Duel.Side(bare, load));
    double counted = gateway.control().metrics().allowed() / duel.requestsOfFirst();
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            SHARED,
            "Both sides get the same bytes from wrk (token and e-mail) and reach the same nginx by"
                + " one path route; the peer ignores the two headers and forwards them.",
            "Pairs of rounds are interleaved A B B A; a figure is the median over the pairs."),
        List.of(
            Figure.atLeast(
                "throughput, portcullis in parts of bare",
                duel.medianRatio(round -> round.wrk().perSecond()),
                "",
                TARGET),
            Figure.told(
                "CPU time a request, portcullis in parts of bare",
                duel.medianRatio(Round::cpuMicros),
                ""),
            Figure.told(
                "p99 at saturation, portcullis in parts of bare",
                duel.medianRatio(round -> round.wrk().p99Millis()),
                ""),
            Figure.atLeast(
                "requests in the gateway's own meters, in parts of sent", counted, "", 1),
            Figure.exactly("answers other than 200", duel.failures(), 0)),
        List.of(duel.summary(), duel.rounds()));
  }
}
