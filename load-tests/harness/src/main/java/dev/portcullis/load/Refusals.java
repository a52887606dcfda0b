package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How fast requests of each kind are refused, beside good ones, and beside HAProxy's refusals. */
final class Refusals implements Measurement {
  private static final Peer PEER = new HaproxyTokenMap();

  /** The setting with which failed authentications are not counted. */
  static final String UNTHROTTLED = "--portcullis.failures.limit=none";

  private static final double OF_GOOD = 3;
  private static final double OF_PEER = 0.6;

  /** The first failures of each minute are let pass. */
  private static final double THROTTLED = 0.95;

  /** What is refused, and by whom. */
  private record Contender(Refusal refusal, Contest.Side side) {}

  @Override
  public String name() {
    return "refusals";
  }

  @Override
  public String purpose() {
    return "refusals a second of each kind, beside good requests and HAProxy's refusals";
  }

  @Override
  public List<String> defaults() {
    return List.of("--rounds=5", "--seconds=5", "--warmup=12");
  }

  @Override
  public List<String> inShort() {
    return List.of("--rounds=1", "--seconds=1", "--warmup=1");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    Policies policies = new KindPolicies();
    Gateway gateway =
        deployment.gateway(Bar.OWN, policies, deployment.redis().port(), List.of(UNTHROTTLED));
    Gateway throttled = deployment.gateway("throttled", policies);
    RefusalKinds kinds = RefusalKinds.prepare(gateway);
    Stage stage =
        new Stage(
            deployment.upstream(),
            KindPolicies.pattern(KindPolicies.ADMITTED),
            kinds.good(),
            deployment.redis());
    Peers peers = Peers.start(bench, stage, List.of(PEER));

    Wrk load = Wrk.of(bench, "good", kinds.good(), List.of(stage.path()));
    Contest.Side good = new Contest.Side(own(gateway, "good"), load);
    List<Contender> refused = new ArrayList<>();
    for (Refusal refusal : kinds.all()) {
      refused.add(contender(bench, own(gateway, refusal.kind()), refusal));
    }
    Refusal throttle = kinds.throttled();
    Contender flood = contender(bench, own(throttled, throttle.kind()), throttle);
    List<Contender> others = new ArrayList<>();
    for (Target peer : peers.running().values()) {
      others.add(contender(bench, peer, kinds.forged()));
    }
    Contest contest =
        Contest.run(
            bench,
            Stream.of(Stream.of(good), sides(refused), Stream.of(flood.side), sides(others))
                .flatMap(it -> it)
                .toList());

    RefusalCounts counts = new RefusalCounts(gateway.control().metrics());
    refused.forEach(it -> counts.received(it.refusal.reason(), contest.good(it.side)));
    Contender forged = refused.getFirst();
    List<Figure> figures = new ArrayList<>();
    figures.add(figure(contest, forged, good, OF_GOOD));
    others.forEach(other -> figures.add(figure(contest, forged, other.side, OF_PEER)));
    refused.stream().skip(1).forEach(it -> figures.add(figure(contest, it, good, 0)));
    figures.add(figure(contest, flood, good, 0));
    figures.add(counts.figure());
    figures.add(
        Figure.atLeast(
            flood.side.name() + ": refused by the throttle, in parts of received",
            throttled.control().metrics().refused(throttle.reason()) / contest.good(flood.side),
            "",
            THROTTLED));
    figures.add(Figure.exactly("answers that were not as they had to be", contest.failures(), 0));
    return new Report(
        name(),
        Machine.facts(deployment),
        notes(peers),
        figures,
        contest.charts(),
        List.of(contest.summary(), counts.table(), contest.rounds()));
  }

  private static Target own(Gateway gateway, String kind) {
    return new Target(Bar.OWN + " " + kind, gateway.target().base(), gateway.target().child());
  }

  private static Contender contender(Bench bench, Target target, Refusal refusal)
      throws IOException {
    refusal.await(target.base());
    String script = target.name().replace(' ', '-');
    return new Contender(refusal, new Contest.Side(target, Wrk.refused(bench, script, refusal)));
  }

  private static Stream<Contest.Side> sides(List<Contender> contenders) {
    return contenders.stream().map(Contender::side);
  }

  /** Of two sides' rates, which is only told where nothing is the least it may be. */
  private static Figure figure(
      Contest contest, Contender refused, Contest.Side other, double least) {
    String what = "refusals a second, " + refused.refusal.kind() + ", in parts of " + other.name();
    double ratio = contest.ratio(refused.side, other, Round::perSecond);
    return least > 0 ? Figure.atLeast(what, ratio, "", least) : Figure.told(what, ratio, "");
  }

  private static List<String> notes(Peers peers) {
    List<String> notes =
        new ArrayList<>(
            List.of(
                Machine.SHARED,
                "All kinds but one are refused by the process that admits the good requests, with"
                    + " "
                    + UNTHROTTLED
                    + ", meters and a line in the log for each, as installed; the throttled by"
                    + " another, with the limit as installed.",
                "wrk counts an answer below 400 as a failure; before the first round each kind was"
                    + " seen to get its own status, and the gateway's meters have its reason.",
                "unknown: a token without check characters where such are looked up, the same each"
                    + " time; ever new: another of random letters in each request, which wrk has to"
                    + " make. over limit: 1 per hour leased.",
                PEER.name() + ": " + PEER.what() + " It gets the forged token.",
                "Rounds are interleaved, forwards and backwards in turn; a ratio is the median over"
                    + " the rounds."));
    notes.addAll(peers.missing());
    return notes;
  }
}
