package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** When requests arrived at the upstream, in milliseconds of the epoch, the first first. */
record Arrivals(List<Long> millis) {
  private static final double SECOND = 1_000;

  Arrivals {
    millis = millis.stream().sorted().toList();
  }

  /** Those of one path, from a log of lines of seconds and path. */
  static Arrivals read(Path log, String path) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return new Arrivals(
          lines
              .map(line -> line.split(" "))
              .filter(words -> words[1].equals(path))
              .map(words -> Math.round(Double.parseDouble(words[0]) * SECOND))
              .toList());
    }
  }

  int count() {
    return millis.size();
  }

  /** Those from then on. */
  Arrivals after(long from) {
    return new Arrivals(millis.stream().filter(at -> at >= from).toList());
  }

  /** The most in any stretch of this length, wherever it begins. */
  int most(Duration window) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < millis.size(); last++) {
      while (millis.get(last) - millis.get(first) >= window.toMillis()) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /**
   * The most by which any stretch of time, whatever its length, had more than this rate: what a
   * bucket would have to hold to admit them all.
   */
  double burst(double perSecond) {
    double most = 0;
    double level = 0;
    for (int i = 0; i < millis.size(); i++) {
      if (i > 0) {
        level = Math.max(0, level - (millis.get(i) - millis.get(i - 1)) / SECOND * perSecond);
      }
      level++;
      most = Math.max(most, level);
    }
    return most;
  }

  /** How many came in each whole second of that time. */
  Percentiles bySecond(long from, Duration length) {
    double[] counts = new double[(int) length.toSeconds()];
    for (long at : millis) {
      int second = (int) Math.floorDiv(at - from, (long) SECOND);
      if (second >= 0 && second < counts.length) {
        counts[second]++;
      }
    }
    return Percentiles.of(Arrays.stream(counts).boxed().toList());
  }
}
