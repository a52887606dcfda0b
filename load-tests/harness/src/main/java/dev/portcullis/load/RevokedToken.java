package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one token on each gateway around its revoke.
 *
 * @param samples all requests that carried it
 * @param ended whether each gateway first said 200 and at the end 401
 */
record RevokedToken(List<Lag> lags, List<Sample> samples, boolean ended) {
  private static final Duration FAST = Duration.ofMillis(4);
  private static final Duration SLOW = Duration.ofMillis(20);
  private static final Duration BEFORE = Duration.ofMillis(60);
  private static final Duration AFTER = Duration.ofMillis(200);
  private static final Duration LONG_AFTER = Duration.ofMillis(1_300);
  private static final int LIMIT = 1_000;

  /**
   * Uses the token on each gateway without pause, and revokes it meanwhile.
   *
   * @param by the index of the gateway whose control plane it is
   */
  static RevokedToken watch(
      Caller caller, List<URI> gateways, Credential token, ControlPlane control, int by)
      throws IOException, InterruptedException {
    List<Sample> first = gateways.stream().map(uri -> caller.get(uri, token)).toList();
    List<OpenLoop> fast = load(caller, gateways, token, FAST);
    Bench.pass(BEFORE);
    long answered = control.revoke(token.tokenId());
    Bench.pass(AFTER);
    List<List<Sample>> samples = stop(fast);
    List<OpenLoop> slow = load(caller, gateways, token, SLOW);
    Bench.pass(LONG_AFTER);
    List<List<Sample>> later = stop(slow);

    List<Lag> lags = new ArrayList<>();
    List<Sample> both = new ArrayList<>();
    boolean ended = true;
    for (int i = 0; i < gateways.size(); i++) {
      List<Sample> all = new ArrayList<>(samples.get(i));
      all.addAll(later.get(i));
      all.add(first.get(i));
      lags.add(Lag.of(i == by, answered, all));
      both.addAll(all);
      ended &= Sample.count(all, 200) > 0 && Sample.last(all).status() == 401;
    }
    return new RevokedToken(lags, both, ended);
  }

  /** The same, with only the lags of the gateway that revoked, or only those of the others. */
  RevokedToken onlyLags(boolean sameGateway) {
    List<Lag> some = lags.stream().filter(lag -> lag.sameGateway() == sameGateway).toList();
    return new RevokedToken(some, samples, ended);
  }

  private static List<OpenLoop> load(
      Caller caller, List<URI> gateways, Credential token, Duration interval) {
    return gateways.stream()
        .map(uri -> OpenLoop.start(interval, LIMIT, i -> caller.get(uri, token)))
        .toList();
  }

  private static List<List<Sample>> stop(List<OpenLoop> loops) {
    return loops.stream().map(OpenLoop::stop).toList();
  }
}
