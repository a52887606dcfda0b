package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pages of lists of a million tokens, at the start, in the middle and at the end. */
final class Pages implements Measurement {
  private static final int TOKENS = 1_000_000;
  private static final int MEASURED = 200;
  private static final int WARMING = 40;
  private static final double SAME = 1.25;

  private Table table =
      Table.of(
          "Milliseconds a page of " + PagedList.PAGE + ", median of " + MEASURED,
          "list",
          "tokens",
          "start",
          "middle",
          "end",
          "start p99",
          "end p99",
          "end in parts of start");
  private final List<Figure> figures = new ArrayList<>();

  @Override
  public String name() {
    return "pages";
  }

  @Override
  public String purpose() {
    return "lists of 1,000,000 tokens: time of a page at the start, in the middle, at the end";
  }

  @Override
  public Report run(Bench bench) throws IOException, InterruptedException {
    Deployment deployment = Deployment.start(bench);
    SeededTokens tokens = deployment.seededTokens(TOKENS);
    long empty = memory(deployment.redis());
    deployment.redis().commands().configSet("appendonly", "no");
    try (RedisPipe pipe = deployment.redis().pipe()) {
      tokens.write(pipe, done -> bench.say(done + " of " + TOKENS + " tokens written"));
    }
    long bytes = memory(deployment.redis()) - empty;
    Gateway gateway = deployment.gateway("portcullis", PolicyFiles.ONE_ROUTE);
    OperatorConnection connection = bench.closeLater(gateway.control().connect());
    for (PagedList list : PagedList.of(tokens)) {
      measure(bench, connection, tokens, list);
    }
    figures.add(Figure.told("memory of Redis", bytes / 1e6, "MB"));
    figures.add(Figure.told("memory of Redis a token", (double) bytes / TOKENS, "bytes"));
    return new Report(
        name(),
        Machine.facts(deployment),
        List.of(
            "The load, the gateway and Redis share the processors of one machine.",
            "From each of the three places "
                + MEASURED
                + " pages are read one after the other; the places take turns page by page. Every"
                + " page was compared with what it had to have.",
            "Where few of what is read belong to the list a page may be short: it reads at most "
                + PagedList.PAGE * 10
                + " tokens."),
        figures,
        List.of(table));
  }

  private void measure(
      Bench bench, OperatorConnection connection, SeededTokens tokens, PagedList list)
      throws IOException {
    int size = list.read().size();
    List<Integer> places = List.of(0, size / 2, size - 1 - (MEASURED + 1) * list.readForPage());
    turns(connection, tokens, places.stream().map(list::from).toList(), WARMING);
    List<Walk> walks = places.stream().map(list::from).toList();
    turns(connection, tokens, walks, MEASURED);
    Percentiles start = walks.get(0).millis();
    Percentiles middle = walks.get(1).millis();
    Percentiles end = walks.get(2).millis();
    double ratio = end.median() / start.median();
    figures.add(
        Figure.atMost(list.name() + ": page at the end in parts of the start", ratio, "", SAME));
    figures.add(Figure.told(list.name() + ": page at the start", start.median(), "ms"));
    table =
        table.with(
            list.name(),
            list.listed().size(),
            start.median(),
            middle.median(),
            end.median(),
            start.at(99),
            end.at(99),
            ratio);
    bench.say(
        String.format(
            Locale.ROOT,
            "%-20s start %6.2f ms  middle %6.2f ms  end %6.2f ms",
            list.name(),
            start.median(),
            middle.median(),
            end.median()));
  }

  private static void turns(
      OperatorConnection connection, SeededTokens tokens, List<Walk> walks, int pages)
      throws IOException {
    for (int page = 0; page < pages; page++) {
      for (int turn = 0; turn < walks.size(); turn++) {
        walks.get((page + turn) % walks.size()).next(connection, tokens);
      }
    }
  }

  private static long memory(Redis redis) {
    return redis
        .commands()
        .info("memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .sum();
  }
}
