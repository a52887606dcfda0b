package dev.portcullis.load;

import java.io.IOException;
import java.util.List;

/** The bare peer against itself: how far from 1 a ratio is on this machine when nothing differs. */
final class Noise implements Measurement {

  @Override
  public String name() {
    return "noise";
  }

  @Override
  public String purpose() {
    return "the bare peer against itself: the ratio that means nothing";
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    var upstream = Nginx.start(bench);
    Credential nobody = new Credential("none", "none", "nobody@example.com");
    Stage stage = new Stage(upstream, PolicyFiles.ONE_ROUTE.pattern(0), nobody, Redis.start(bench));
    Target a = new BareGateway("bare-a").start(bench, stage);
    Target b = new BareGateway("bare-b").start(bench, stage);
    Wrk load = Wrk.of(bench, "noise", nobody, List.of(stage.path()));
    Contest.Side first = new Contest.Side(a, load);
    Contest.Side second = new Contest.Side(b, load);
    Contest contest = Contest.run(bench, List.of(first, second));
    return new Report(
        name(),
        Machine.facts(),
        List.of(Machine.SHARED),
        List.of(
            Figure.told(
                "throughput, bare in parts of bare",
                contest.ratio(first, second, Round::perSecond),
                ""),
            Figure.told(
                "CPU time a request, bare in parts of bare",
                contest.ratio(first, second, Round::cpuMicros),
                ""),
            Figure.exactly("answers other than 200", contest.failures(), 0)),
        contest.charts(),
        List.of(contest.summary(), contest.rounds()));
  }
}
