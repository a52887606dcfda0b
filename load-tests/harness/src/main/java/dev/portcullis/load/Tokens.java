package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One token, a thousand, ten thousand by Zipf's law, and a million of which some are hot. */
final class Tokens implements Measurement {
  private static final int LIVE = 1_000_000;

  /** One of a thousand is revoked. */
  private static final int SEEDED = LIVE + LIVE / 999 + 1;

  private static final double TARGET = 0.9;
  private static final TokenMix ONE = TokenMix.evenly("1 token", 1);
  private static final TokenMix THOUSAND = TokenMix.evenly("1,000 tokens", 1_000);
  private static final TokenMix ZIPF = TokenMix.zipf("10,000 by Zipf", 10_000);
  private static final TokenMix MILLION =
      TokenMix.hot("1,000,000, 1 % hot", LIVE, LIVE / 100, 0.99);

  @Override
  public String name() {
    return "tokens";
  }

  @Override
  public String purpose() {
    return "1, 1,000, 10,000 and 1,000,000 tokens in use: throughput and reads of Redis";
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    SeededTokens tokens = deployment.seededTokens(SEEDED);
    deployment.redis().commands().configSet("appendonly", "no");
    try (RedisPipe pipe = deployment.redis().pipe()) {
      tokens.write(pipe, done -> bench.say(done + " of " + SEEDED + " tokens written"));
    }
    TokenLines lines = TokenLines.write(bench, tokens);

    List<Contest.Side> sides = new ArrayList<>();
    for (TokenMix mix : List.of(ONE, THOUSAND, ZIPF, MILLION)) {
      Gateway gateway = deployment.gateway("gateway-" + (sides.size() + 1), PolicyFiles.ONE_ROUTE);
      Target target = new Target(mix.name(), gateway.target().base(), gateway.target().child());
      sides.add(new Contest.Side(target, mix.load(bench, PolicyFiles.ONE_ROUTE.path(0), lines)));
    }
    Contest contest = Contest.run(bench, sides);
    Contest.Side thousand = sides.get(1);
    List<Figure> figures = new ArrayList<>();
    for (Contest.Side side : List.of(sides.get(3), sides.get(2), sides.get(0))) {
      double ratio = contest.ratio(side, thousand, Round::perSecond);
      String what = "throughput, " + side.name() + ", in parts of " + thousand.name();
      figures.add(
          side.name().equals(MILLION.name())
              ? Figure.atLeast(what, ratio, "", TARGET)
              : Figure.told(what, ratio, ""));
    }
    Table redis = Table.of("Redis in one more round", "side", "requests", "reads", "calls");
    List<Bar> reads = new ArrayList<>();
    for (Contest.Side side : sides) {
      CommandStats before = deployment.redis().commandStats();
      Round round = side.load().run(side.target(), bench.options().seconds());
      Map<String, Long> calls = deployment.redis().commandStats().since(before);
      long read = CommandStats.reads(calls);
      redis = redis.with(side.name(), round.wrk().requests(), read, calls);
      double each = (double) read / round.wrk().requests();
      figures.add(Figure.told("reads of Redis a request, " + side.name(), each, ""));
      reads.add(Bar.of(side.name(), each));
    }
    figures.add(Figure.exactly("answers other than 200", contest.failures(), 0));
    List<Chart> charts = new ArrayList<>(contest.charts());
    charts.add(new Chart("Reads of Redis a request", "", Chart.Better.LOWER, reads));
    return new Report(
        name(),
        Machine.facts(deployment),
        notes(),
        figures,
        charts,
        List.of(contest.summary(), redis, contest.rounds()));
  }

  private static List<String> notes() {
    return List.of(
        Machine.SHARED,
        "Each side is a gateway process of its own, so that no near cache holds what another side"
            + " asked for; all have one Redis, which holds all tokens and, here, writes nothing to"
            + " disk.",
        "The last: 99 of 100 requests are for one of 10,000 tokens, evenly; the others for any of"
            + " the other 990,000, of which hardly one is seen twice. The near cache keeps 100,000"
            + " tokens, as installed.",
        "wrk has the lines of all tokens in memory on every side, and puts each request together as"
            + " it sends it. The order is pseudo-random, another in each run, and the same in each"
            + " measurement.",
        "A read of Redis is an HMGET or an HGETALL: a token that is not cached takes one, and its"
            + " owner, where that is not cached, another.",
        "Rounds go forwards and backwards in turn; a ratio is the median over the rounds.");
  }
}
