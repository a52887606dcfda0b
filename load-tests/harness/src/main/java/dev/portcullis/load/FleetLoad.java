package dev.portcullis.load;

import java.util.List;
import java.util.Map;

/**
 * One load of some gateways, and what it cost.
 *
 * @param begunMillis before the first request, in milliseconds of the epoch
 * @param seconds from then until after the last answer
 * @param commands that Redis ran meanwhile
 * @param stalls what made Redis late by 20 ms and more, and the worst of it in milliseconds
 * @param processors that the gateways used
 * @param foreign how many processors were busy before
 */
record FleetLoad(
    long begunMillis,
    double seconds,
    List<Sample> samples,
    Map<String, Long> commands,
    Map<String, Long> stalls,
    double processors,
    double foreign) {

  Percentiles latencies() {
    return Sample.latencies(samples);
  }

  Percentiles latencies(int status) {
    return Sample.latencies(Sample.with(samples, status));
  }

  /** Answers that are neither an admission nor a refusal by a limit. */
  long failures() {
    return samples.size() - Sample.count(samples, 200) - Sample.count(samples, 429);
  }

  /**
   * The most that may arrive in this time, wherever it begins: some were admitted before, by as
   * much as the slowest answer took.
   */
  double admissible(double time, int perSecond, int burst) {
    return Math.floor((time + latencies(200).max() / 1e3) * perSecond + burst);
  }

  /** Redis operations a request, heartbeats aside. */
  double operations() {
    return (double) CommandStats.withoutHeartbeats(commands) / samples.size();
  }
}
