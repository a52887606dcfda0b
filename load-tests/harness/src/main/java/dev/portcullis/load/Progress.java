package dev.portcullis.load;

import java.time.Duration;

/** Times as they are told to people who wait. */
final class Progress {
  private Progress() {}

  /** Minutes and seconds; never less than nothing. */
  static String text(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
