package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The peers that are installed here, each of them running, and seen to do what it is compared for.
 *
 * @param running in the order of the list that they were started from
 * @param missing for each of the others, what there is to install
 */
record Peers(Map<Peer, Target> running, List<String> missing) {
  /** All that there are. */
  static final List<Peer> ALL =
      List.of(
          new BareGateway("bare"),
          new RedisFilter(),
          new ResourceServer(),
          new NginxProxy(),
          new NginxKeyCheck(),
          new HaproxyProxy(),
          new HaproxyTokenMap());

  private static final int OK = 200;
  private static final int REFUSED = 401;

  Peers {
    running = Collections.unmodifiableMap(new LinkedHashMap<>(running));
    missing = List.copyOf(missing);
  }

  /**
   * Starts them.
   *
   * @throws IOException also if one of them refuses the stage's credential, or admits what it
   *     should check
   */
  static Peers start(Bench bench, Stage stage, List<Peer> peers) throws IOException {
    Map<Peer, Target> running = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (Peer peer : peers) {
      try {
        Target target = peer.start(bench, stage);
        try (Caller caller = new Caller()) {
          prove(caller, stage, peer, target);
        }
        running.put(peer, target);
        bench.say(peer.name() + " is ready");
      } catch (Missing e) {
        missing.add(peer.name() + " was left out: " + e.getMessage());
        bench.say(missing.getLast());
      }
    }
    return new Peers(running, missing);
  }

  private static void prove(Caller caller, Stage stage, Peer peer, Target target)
      throws IOException {
    Credential good = stage.credential();
    expect(caller, stage, target, good, true);
    expect(caller, stage, target, good.misspelt(), !peer.checks().contains(Peer.Check.TOKEN));
    expect(
        caller,
        stage,
        target,
        good.of("somebody.else@example.com"),
        !peer.checks().contains(Peer.Check.EMAIL));
  }

  private static void expect(
      Caller caller, Stage stage, Target target, Credential credential, boolean admitted)
      throws IOException {
    int status = caller.get(target.base().resolve(stage.path()), credential).status();
    if (status != (admitted ? OK : REFUSED)) {
      throw new IOException(
          target.name()
              + " should "
              + (admitted ? "admit" : "refuse")
              + " this, and gave "
              + status);
    }
  }

  /** What each of them does. */
  Table table() {
    Table table = Table.of("Peers", "peer", "seen to check", "what it is");
    for (Peer peer : running.keySet()) {
      String checks =
          peer.checks().stream().sorted().map(Peer.Check::word).collect(Collectors.joining(", "));
      table = table.with(peer.name(), checks.isEmpty() ? "nothing" : checks, peer.what());
    }
    return table;
  }
}
