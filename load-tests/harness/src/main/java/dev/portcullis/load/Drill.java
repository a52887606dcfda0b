package dev.portcullis.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Mixed writes by many clients through two gateways, while Redis is killed three times. */
final class Drill implements Measurement {
  private static final int KILLS = 3;
  private static final Duration DOWN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PRESENTED = 400;
  private static final int CLIENT_SEED = 7;
  private static final PolicyFiles POLICIES = PolicyFiles.ONE_ROUTE;

  private long acknowledgedAtLastKill;
  private double scripts;
  private Table kills = Table.of("Kills", "kill", "after s", "Redis ready again after ms");

  @Override
  public String name() {
    return "drill";
  }

  @Override
  public String purpose() {
    return "64 clients write through two gateways, Redis killed three times: nothing lost or half";
  }

  @Override
  public List<String> defaults() {
    return List.of("--seconds=60");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    Gateway a = deployment.gateway("gateway-a", POLICIES);
    Gateway b = deployment.gateway("gateway-b", POLICIES);
    DrillLog log = new DrillLog();
    List<DrillClient> clients = write(bench, deployment.redis(), a, b, log);
    List<ExpectedPrincipal> principals =
        clients.stream().flatMap(client -> client.principals().stream()).toList();
    double deletions = awaitDeletions(bench, deployment.redis(), log.findings());

    bench.say("reading Redis");
    Keyspace keyspace = Keyspace.read(deployment.redis());
    new StateCheck(keyspace, log.findings()).run(principals);
    new KeyspaceCheck(keyspace, log.findings()).run();
    bench.say("reading the audit trail");
    AuditTrail trail = new AuditTrail(bench.closeLater(b.control().connect()));
    AuditTrail.Check check = trail.verify();
    trail(check, log.findings());
    new TrailCheck(trail.entries(""), log.findings()).run(log, keyspace);
    bench.say("presenting secrets");
    present(bench, List.of(a, b), principals, keyspace, log.findings());
    return report(deployment, log, keyspace, check, deletions);
  }

  private List<DrillClient> write(Bench bench, Redis redis, Gateway a, Gateway b, DrillLog log)
      throws IOException {
    List<DrillClient> clients = new ArrayList<>();
    Duration length = Duration.ofSeconds(bench.options().seconds());
    long start = System.nanoTime();
    long end = start + length.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(bench.options().connections())) {
      List<CompletableFuture<Void>> runs = new ArrayList<>();
      for (int i = 0; i < bench.options().connections(); i++) {
        List<Gateway> order = i % 2 == 0 ? List.of(a, b) : List.of(b, a);
        SplittableRandom random = new SplittableRandom(CLIENT_SEED + i);
        DrillConnections connections =
            bench.closeLater(
                new DrillConnections(
                    order.stream().map(gateway -> gateway.control().connect()).toList(),
                    log,
                    random,
                    end + PATIENCE.toNanos()));
        DrillClient client = new DrillClient(i, connections, log, random);
        clients.add(client);
        runs.add(CompletableFuture.runAsync(() -> client.run(end), threads));
      }
      for (int i = 1; i <= KILLS; i++) {
        Bench.pass(
            Duration.ofNanos(start + length.toNanos() / (KILLS + 1) * i - System.nanoTime()));
        kill(bench, redis, i, start, log);
      }
      runs.forEach(CompletableFuture::join);
    }
    long since = log.acknowledged().size() - acknowledgedAtLastKill;
    scripts = (double) redis.commandStats().calls().getOrDefault("eval", 0L) / Math.max(1, since);
    bench.say(log.answers() + " requests were sent");
    return clients;
  }

  private void kill(Bench bench, Redis redis, int number, long start, DrillLog log)
      throws IOException {
    long killed = System.nanoTime();
    redis.child().kill();
    bench.say("kill " + number + " after " + log.answers() + " answers");
    Bench.pass(DOWN);
    acknowledgedAtLastKill = log.acknowledged().size();
    double ready = (redis.restart() - killed) / 1e6;
    kills = kills.with(number, (killed - start) / 1e9, ready);
  }

  /** How many seconds it took until no deletion was left undone. */
  private static double awaitDeletions(Bench bench, Redis redis, Findings findings) {
    long start = System.nanoTime();
    long left = redis.commands().zcard(Keyspace.DELETIONS);
    bench.say(left + " deletions are to be finished");
    while (left > 0 && System.nanoTime() - start < PATIENCE.toNanos()) {
      Bench.pass(Duration.ofMillis(200));
      left = redis.commands().zcard(Keyspace.DELETIONS);
    }
    long unfinished = left;
    findings.expect(DrillRule.DELETIONS, left == 0, () -> unfinished + " are left");
    return (System.nanoTime() - start) / 1e9;
  }

  private static void trail(AuditTrail.Check check, Findings findings) {
    findings.expect(
        DrillRule.TRAIL,
        check.verified() == check.total(),
        () -> check.verified() + " verified of " + check.total());
    findings.expect(DrillRule.TRAIL, check.problems().isEmpty(), () -> check.problems().toString());
  }

  private static void present(
      Bench bench,
      List<Gateway> gateways,
      List<ExpectedPrincipal> principals,
      Keyspace keyspace,
      Findings findings) {
    Caller caller = bench.closeLater(new Caller());
    List<ExpectedToken> tokens =
        new ArrayList<>(principals.stream().flatMap(each -> each.tokens().stream()).toList());
    Collections.shuffle(tokens, new Random(CLIENT_SEED));
    for (boolean good : List.of(true, false)) {
      tokens.stream()
          .filter(token -> keyspace.isGood(keyspace.token(token.id())) == good)
          .limit(PRESENTED / 2)
          .forEach(
              token -> {
                String email =
                    keyspace
                        .principal(token.owner().id())
                        .getOrDefault("email", "gone@example.com");
                for (Gateway gateway : gateways) {
                  int status =
                      caller.get(gateway.at(POLICIES.path(0)), token.credential(email)).status();
                  findings.expect(
                      DrillRule.DATA_PLANE,
                      status == (good ? 200 : 401),
                      () -> token + " gave " + status);
                }
              });
    }
  }

  private Report report(
      Deployment deployment,
      DrillLog log,
      Keyspace keyspace,
      AuditTrail.Check check,
      double deletions)
      throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>(log.findings().figures().toList());
    figures.add(Figure.told("requests", (double) log.answers(), ""));
    figures.add(Figure.told("tokens at the end", (double) keyspace.tokens().size(), ""));
    figures.add(Figure.told("principals at the end", (double) keyspace.principals().size(), ""));
    figures.add(Figure.told("entries of the audit trail", (double) check.total(), ""));
    figures.add(Figure.told("acknowledged changes", (double) log.acknowledged().size(), ""));
    figures.add(Figure.told("changes never answered for", (double) log.possible().size(), ""));
    figures.add(
        Figure.told("Redis scripts an acknowledged change, after the last kill", scripts, ""));
    figures.add(Figure.told("longest that a deletion was left undone", deletions, "s"));
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            "Each client has principals and tokens of its own and changes them one request after"
                + " the other, half of the clients mostly through one gateway and half through the"
                + " other. It writes down what was acknowledged, and what was asked for without an"
                + " answer (503 or none), which may be so or not.",
            "Redis runs with appendonly and appendfsync always, is killed (SIGKILL) at each quarter"
                + " of the time, and started again after 1 s.",
            "What the audit trail's entries add up to is compared with every record there is."),
        figures,
        List.of(log.findings().table(), log.table(), kills));
  }
}
