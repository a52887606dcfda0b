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
    Target bare = BareGateway.start(bench, "bare", deployment.upstream(), policies.pattern(0));
    Credential credential = gateway.credentials("hot", 1).getFirst();
    Wrk load = Wrk.of(bench, "throughput", credential, List.of(policies.path(0)));

    Contest.Side portcullis = new Contest.Side(gateway.target(), load);
    Contest.Side peer = new Contest.Side(bare, load);
    Contest contest = Contest.run(bench, List.of(portcullis, peer));
    double counted = gateway.control().metrics().allowed() / contest.good(portcullis);
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            SHARED,
            "Both sides get the same bytes from wrk (token and e-mail) and reach the same nginx by"
                + " one path route; the peer ignores the two headers and forwards them.",
            "Rounds are interleaved A B B A; a ratio is the median over the rounds."),
        List.of(
            Figure.atLeast(
                "throughput, portcullis in parts of bare",
                contest.ratio(portcullis, peer, Round::perSecond),
                "",
                TARGET),
            Figure.told(
                "CPU time a request, portcullis in parts of bare",
                contest.ratio(portcullis, peer, Round::cpuMicros),
                ""),
            Figure.told(
                "p99 at saturation, portcullis in parts of bare",
                contest.ratio(portcullis, peer, Round::p99Millis),
                ""),
            Figure.atLeast(
                "requests in the gateway's own meters, in parts of sent", counted, "", 1),
            Figure.exactly("answers other than 200", contest.failures(), 0)),
        contest.charts(),
        List.of(contest.summary(), contest.rounds()));
  }
}
