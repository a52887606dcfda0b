package dev.portcullis.load;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Traffic that serves nobody, and that good traffic has to get by. */
interface Attack {
  /** Begins it. */
  Running begin() throws IOException;

  /** One that is under way. */
  interface Running {
    /** Ends it, and tells what became of it. */
    Outcome end();
  }

  /**
   * What became of one.
   *
   * @param sent requests or connections
   * @param answers in words
   */
  record Outcome(long sent, String answers) {}

  /** Requests over connections that may be pipelined. */
  static Attack of(Barrage.Plan plan, Supplier<byte[]> requests) {
    return () -> {
      Barrage barrage = Barrage.start(plan, requests);
      return () -> {
        List<Sample> samples = barrage.stop();
        return new Outcome(samples.size(), Sample.statuses(samples).toString());
      };
    };
  }
}
