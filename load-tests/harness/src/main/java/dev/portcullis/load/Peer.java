package dev.portcullis.load;

import java.io.IOException;
import java.util.Set;

/** One thing to compare with. */
interface Peer {
  /** What of a request is checked before it is let pass. */
  enum Check {
    TOKEN("token"),
    EMAIL("e-mail");

    private final String word;

    Check(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** The word for it in reports. */
  String name();

  /** What it is and does, in a sentence for the report. */
  String what();

  /** What it checks; nothing where it is a plain proxy. */
  Set<Check> checks();

  /**
   * Starts it before the stage's upstream. Ends with the bench.
   *
   * @throws Missing if what it needs is not installed
   */
  Target start(Bench bench, Stage stage) throws IOException;
}
