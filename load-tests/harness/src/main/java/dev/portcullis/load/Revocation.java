package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/** How long after a revoke's answer two gateways on one Redis, both under load, still say 200. */
final class Revocation implements Measurement {
  private static final int REVOKES = 200;
  private static final Duration BETWEEN = Duration.ofMillis(300);
  private static final Duration BACKGROUND = Duration.ofMillis(4);
  private static final PolicyFiles POLICIES = PolicyFiles.ONE_ROUTE;

  @Override
  public String name() {
    return "revocation";
  }

  @Override
  public String purpose() {
    return "200 revokes on two loaded gateways: time from the answer to the last 200";
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    // All come from one address, which would be throttled for asking with revoked tokens.
    List<String> settings = List.of("--portcullis.failures.limit=none");
    int redis = deployment.redis().port();
    Gateway a = deployment.gateway("gateway-a", POLICIES, redis, settings);
    Gateway b = deployment.gateway("gateway-b", POLICIES, redis, settings);
    Caller caller = bench.closeLater(new Caller());
    List<URI> uris = List.of(a.at(POLICIES.path(0)), b.at(POLICIES.path(0)));
    List<Credential> tokens = a.credentials("revoked", REVOKES);
    Credential kept = a.credentials("kept", 1).getFirst();
    bench.say("warming both gateways");
    for (URI uri : uris) {
      Burst.run(16, 20_000, done -> {}, () -> caller.get(uri, kept));
      tokens.forEach(token -> caller.get(uri, token));
    }

    OpenLoop background =
        OpenLoop.start(BACKGROUND, Integer.MAX_VALUE, i -> caller.get(uris.get(i % 2), kept));
    List<RevokedToken> revoked = revokeAll(bench, caller, uris, List.of(a, b), tokens);
    List<Sample> others = background.stop();
    return report(deployment, revoked, others);
  }

  private static List<RevokedToken> revokeAll(
      Bench bench, Caller caller, List<URI> uris, List<Gateway> gateways, List<Credential> tokens)
      throws IOException, InterruptedException {
    List<Future<RevokedToken>> watches = new ArrayList<>();
    List<RevokedToken> revoked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < tokens.size(); i++) {
        Credential token = tokens.get(i);
        int by = i % 2;
        Callable<RevokedToken> watch =
            () -> RevokedToken.watch(caller, uris, token, gateways.get(by).control(), by);
        watches.add(threads.submit(watch));
        Bench.pass(BETWEEN);
        if ((i + 1) % 20 == 0) {
          bench.say((i + 1) + " of " + tokens.size() + " revoked");
        }
      }
      for (Future<RevokedToken> watch : watches) {
        revoked.add(watch.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return revoked;
  }

  private Report report(Deployment deployment, List<RevokedToken> revoked, List<Sample> others)
      throws IOException, InterruptedException {
    Percentiles received = lags(revoked, Lag::lastReceivedMillis);
    Percentiles sent = lags(revoked, Lag::lastSentMillis);
    Table table =
        Table.of(
            "Milliseconds from the revoke's answer to the last 200, by token and gateway",
            "measured at",
            "count",
            "p50",
            "p90",
            "p99",
            "max",
            "over 0");
    table = row(table, "receipt of the 200", received, revoked, Lag::lastReceivedMillis);
    table = row(table, "sending of its request", sent, revoked, Lag::lastSentMillis);
    for (boolean same : List.of(true, false)) {
      List<RevokedToken> some = revoked.stream().map(token -> token.onlyLags(same)).toList();
      String where = same ? "receipt, gateway that revoked" : "receipt, other gateway";
      table = row(table, where, lags(some, Lag::lastReceivedMillis), some, Lag::lastReceivedMillis);
    }
    Percentiles usual = Sample.latencies(others);
    List<Sample> all = revoked.stream().flatMap(token -> token.samples().stream()).toList();
    long known = Sample.count(all, 200) + Sample.count(all, 401);
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            Machine.SHARED,
            "Each token is asked for on both gateways every 4 ms until 200 ms after its revoke,"
                + " then every 20 ms for 1.3 s more; another token gets 125 requests a second on"
                + " each.",
            "A token without a 200 after the answer counts as 0 ms.",
            "A request sent before the revoke's answer may be answered 200 after it, as late as any"
                + " request was: the latency of the token that was kept tells the machine's part."),
        List.of(
            Figure.atMost("p99 to the receipt of the last 200", received.at(99), "ms", 100),
            Figure.atMost("longest to the receipt of the last 200", received.max(), "ms", 1_000),
            Figure.told("p50 to the receipt of the last 200", received.at(50), "ms"),
            Figure.told("p99 to the sending of the last 200", sent.at(99), "ms"),
            Figure.told("longest to the sending of the last 200", sent.max(), "ms"),
            Figure.exactly(
                "tokens that both gateways first admitted and at the end refused",
                revoked.stream().filter(RevokedToken::ended).count(),
                REVOKES),
            Figure.exactly(
                "answers other than 200 and 401 for revoked tokens", all.size() - known, 0),
            Figure.exactly(
                "answers other than 200 for the token that was kept",
                others.size() - Sample.count(others, 200),
                0),
            Figure.told("p99 latency of the token that was kept", usual.at(99), "ms"),
            Figure.told("longest latency of the token that was kept", usual.max(), "ms"),
            Figure.told("requests with revoked tokens", (double) all.size(), "")),
        List.of(
            table,
            Table.of("Statuses", "tokens", "answers")
                .with("revoked", Sample.statuses(all))
                .with("kept", Sample.statuses(others))));
  }

  private static Percentiles lags(List<RevokedToken> revoked, ToDoubleFunction<Lag> value) {
    return Percentiles.of(
        revoked.stream()
            .flatMap(token -> token.lags().stream())
            .mapToDouble(value)
            .boxed()
            .toList());
  }

  private static Table row(
      Table table,
      String name,
      Percentiles lags,
      List<RevokedToken> revoked,
      ToDoubleFunction<Lag> value) {
    long late =
        revoked.stream()
            .flatMap(token -> token.lags().stream())
            .filter(lag -> value.applyAsDouble(lag) > 0)
            .count();
    return table.with(name, lags.count(), lags.at(50), lags.at(90), lags.at(99), lags.max(), late);
  }
}
