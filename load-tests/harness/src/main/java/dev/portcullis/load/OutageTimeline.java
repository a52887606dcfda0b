package dev.portcullis.load;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What requests got before, during and after an outage of the store.
 *
 * @param begun when it began, in {@link System#nanoTime}
 * @param ended when the store answered again
 * @param cached requests with tokens that were in use before
 * @param uncached requests with tokens never used before
 */
record OutageTimeline(long begun, long ended, List<Sample> cached, List<Sample> uncached) {

  /** Those sent and answered while the store was gone. */
  List<Sample> during(List<Sample> samples) {
    return samples.stream().filter(s -> s.sent() >= begun && s.received() <= ended).toList();
  }

  /** Those sent after the store was back. */
  List<Sample> after(List<Sample> samples) {
    return samples.stream().filter(s -> s.sent() >= ended).toList();
  }

  /**
   * From the beginning to the sending of the last request in the outage that got 200; 0 for none.
   */
  double lastServedMillis(List<Sample> samples) {
    return last(during(samples), s -> s.status() == 200, Sample::sent, begun);
  }

  /** From the store's return to the receipt of the last answer that was not 200; 0 for none. */
  double recoveredMillis(List<Sample> samples) {
    List<Sample> later = samples.stream().filter(s -> s.received() >= ended).toList();
    return last(later, s -> s.status() != 200, Sample::received, ended);
  }

  /** Answers, before, during or after, that call the outage an authentication error. */
  long unauthorized() {
    return Sample.count(cached, 401) + Sample.count(uncached, 401);
  }

  private static double last(
      List<Sample> samples, Predicate<Sample> which, ToLongFunction<Sample> time, long since) {
    return samples.stream()
        .filter(which)
        .mapToDouble(sample -> (time.applyAsLong(sample) - since) / 1e6)
        .max()
        .orElse(0);
  }
}
