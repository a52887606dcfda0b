package dev.portcullis.load;

import java.util.List;
import java.util.Map;

/**
 * One run of wrk against several gateways at once.
 *
 * @param perSecond requests a second, of all together
 * @param cpuMicros processor time of the gateways a request
 * @param redisCalls what Redis was asked for a request, heartbeats aside
 */
record FleetRound(int gateways, double perSecond, double cpuMicros, double redisCalls, long wrong) {

  /** Adds up. */
  static FleetRound of(List<Round> each, Map<String, Long> redisCalls) {
    double requests = each.stream().mapToLong(round -> round.wrk().requests()).sum();
    return new FleetRound(
        each.size(),
        each.stream().mapToDouble(Round::perSecond).sum(),
        each.stream().mapToDouble(round -> round.cpuMicros() * round.wrk().requests()).sum()
            / requests,
        CommandStats.withoutHeartbeats(redisCalls) / requests,
        each.stream().mapToLong(Round::wrong).sum());
  }
}
