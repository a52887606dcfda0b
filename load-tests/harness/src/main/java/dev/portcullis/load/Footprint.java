package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a gateway takes: time to be ready, resident memory, heap a cached token. */
final class Footprint implements Measurement {
  private static final double MOST_SECONDS = 3;
  private static final double MOST_BYTES = 600;
  private static final String INSTALLED = "installed";
  private static final String CACHED = "installed, AOT cache";
  private static final String JAR = "java -jar";

  @Override
  public String name() {
    return "footprint";
  }

  @Override
  public String purpose() {
    return "time to ready with the AOT cache and without, resident memory, heap a cached token";
  }

  @Override
  public List<String> defaults() {
    return List.of("--rounds=5", "--seconds=10");
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    Installation plain = Installation.make(bench, "plain");
    Map<String, Program> programs = new LinkedHashMap<>();
    programs.put(CACHED, Installation.make(bench, "aot").cached());
    programs.put(INSTALLED, plain);
    programs.put(JAR, Build.of(bench.options()));
    Starts starts = Starts.run(bench, deployment, programs);

    List<Figure> figures = new ArrayList<>();
    double ready = starts.of(CACHED).median();
    figures.add(Figure.atMost("start to ready, " + CACHED, ready, "s", MOST_SECONDS));
    for (String side : List.of(INSTALLED, JAR)) {
      figures.add(Figure.told("start to ready, " + side, starts.of(side).median(), "s"));
    }
    TokenHeap heap = heap(bench, deployment, plain);
    figures.add(Figure.atMost("heap a cached token", heap.each(), "bytes", MOST_BYTES));
    Table resident = resident(bench, deployment, figures);
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            "Ready is when /actuator/health/readiness says so, asked every 20 ms; a median over"
                + " starts in turn, after one of each that does not count.",
            "installed: unpacked, with the launcher and the options of gateway/ops. java -jar: the"
                + " packaged jar with the flags of all other measurements.",
            "Heap a cached token: "
                + TokenHeap.SEEDED
                + " tokens are presented once each; the difference between two class histograms"
                + " after full collections, when some and when nearly all were cached, with all of"
                + " their owners cached before the first, divided by the tokens that came between."
                + " It is taken of the installed gateway, whose options it has.",
            "Resident memory is VmRSS, with the same flags of the JVM on both sides: "
                + String.join(" ", Jvm.FLAGS)),
        figures,
        List.of(starts.chart(), residentChart(resident), heap.chart()),
        List.of(starts.table(), resident, heap.classes()));
  }

  private static Chart residentChart(Table resident) {
    List<Bar> bars = new ArrayList<>();
    for (List<String> row : resident.rows()) {
      bars.add(Bar.of(row.get(0) + ", when ready", Double.parseDouble(row.get(1))));
      bars.add(Bar.of(row.get(0) + ", after load", Double.parseDouble(row.get(2))));
    }
    return new Chart("Resident memory", "MiB", Chart.Better.LOWER, bars);
  }

  private static TokenHeap heap(Bench bench, Deployment deployment, Program program)
      throws IOException, InterruptedException {
    SeededTokens tokens = deployment.seededTokens(TokenHeap.SEEDED);
    try (RedisPipe pipe = deployment.redis().pipe()) {
      tokens.write(pipe, done -> bench.say(done + " tokens written"));
    }
    Gateway gateway = deployment.gateway("heap", PolicyFiles.ONE_ROUTE, program);
    TokenHeap heap = TokenHeap.measure(bench, gateway, tokens);
    gateway.target().child().close();
    return heap;
  }

  private static Table resident(Bench bench, Deployment deployment, List<Figure> figures)
      throws IOException, InterruptedException {
    Gateway gateway = deployment.gateway("portcullis", LimitPolicies.LEASED);
    Credential credential = gateway.credentials("hot", 1).getFirst();
    Target bare =
        new BareGateway("bare")
            .start(
                bench,
                new Stage(
                    deployment.upstream(),
                    LimitPolicies.pattern(LimitPolicies.LEASED_ROUTE),
                    credential,
                    deployment.redis()));
    Wrk load =
        Wrk.of(
            bench,
            "footprint",
            credential,
            List.of(LimitPolicies.path(LimitPolicies.LEASED_ROUTE)));
    Table table = Table.of("Resident memory", "side", "MiB when ready", "MiB after load", "load");
    for (Target side : List.of(gateway.target(), bare)) {
      double first = side.child().residentMib();
      bench.say("loading " + side.name() + " for " + bench.options().seconds() + " s");
      Round round = load.run(side, bench.options().seconds());
      double then = side.child().residentMib();
      figures.add(Figure.told("resident when ready, " + side.name(), first, "MiB"));
      figures.add(Figure.told("resident after load, " + side.name(), then, "MiB"));
      table = table.with(side.name(), first, then, round.line().strip());
    }
    return table;
  }
}
