package dev.portcullis.load;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Two packaged gateways, before a change and after it. */
final class Change implements Measurement {
  private static final String LIMIT = "999999999 per second leased";
  private static final String ROUTE = "leased";

  @Override
  public String name() {
    return "change";
  }

  @Override
  public String purpose() {
    return "--gateway=JAR, with --flags of the JVM, against --before=JAR; --label=WORD says of"
        + " what";
  }

  @Override
  public Set<String> required() {
    return Set.of("before", "label");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Options options = bench.options();
    Deployment deployment = Deployment.start(bench);
    Policies policies = new LimitPolicies(Map.of(ROUTE, LIMIT));
    Build old = new Build(options.before().orElseThrow(), Jvm.FLAGS);
    Build changed = new Build(options.gateway(), options.flags());
    Gateway before = deployment.gateway("before", policies, unthrottled(old));
    Gateway after = deployment.gateway("after", policies, unthrottled(changed));
    Credential credential = after.credentials("hot", 1).getFirst();
    String path = LimitPolicies.path(ROUTE);
    Wrk load = Wrk.of(bench, name(), credential, List.of(path));
    Wrk attack = Wrk.refused(bench, "forged", RefusalKinds.forged(credential, path));
    Contest.Side b = new Contest.Side(before.target(), load);
    Contest.Side a = new Contest.Side(after.target(), load);
    Contest.Side forgedBefore = new Contest.Side(forged(before), attack);
    Contest.Side forgedAfter = new Contest.Side(forged(after), attack);
    Contest contest = Contest.run(bench, List.of(a, b, forgedAfter, forgedBefore));
    return new Report(
        name() + "-" + options.label().orElseThrow(),
        Machine.facts(deployment),
        List.of(
            Machine.SHARED,
            "One hot token with its e-mail, a scope and a leased limit, and a forged one, whose"
                + " check characters do not fit; both gateways have the same Redis, upstream,"
                + " policies and settings, "
                + Refusals.UNTHROTTLED
                + " among them.",
            "JVM flags before: " + String.join(" ", old.flags()),
            "JVM flags after: " + String.join(" ", changed.flags()),
            "Rounds go forwards and backwards in turn; a ratio is the median over the rounds."),
        List.of(
            Figure.told(
                "throughput, after in parts of before", contest.ratio(a, b, Round::perSecond), ""),
            Figure.told(
                "CPU time a request, after in parts of before",
                contest.ratio(a, b, Round::cpuMicros),
                ""),
            Figure.told(
                "p99 at saturation, after in parts of before",
                contest.ratio(a, b, Round::p99Millis),
                ""),
            Figure.told(
                "refusals of the forged a second, after in parts of before",
                contest.ratio(forgedAfter, forgedBefore, Round::perSecond),
                ""),
            Figure.told("start to ready, before", before.ready().toMillis() / 1e3, "s"),
            Figure.told("start to ready, after", after.ready().toMillis() / 1e3, "s"),
            Figure.exactly("answers that were not as they had to be", contest.failures(), 0)),
        contest.charts(),
        List.of(contest.summary(), contest.rounds()));
  }

  private static Program unthrottled(Program program) {
    return settings ->
        program.command(Stream.concat(settings.stream(), Stream.of(Refusals.UNTHROTTLED)).toList());
  }

  private static Target forged(Gateway gateway) {
    Target target = gateway.target();
    return new Target(target.name() + ", forged", target.base(), target.child());
  }
}
