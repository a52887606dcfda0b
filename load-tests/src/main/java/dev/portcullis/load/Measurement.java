package dev.portcullis.load;

import java.io.IOException;

/** One question to the running program, answered in numbers. */
interface Measurement {
  /** The word on the command line, and the name of the report. */
  String name();

  /** What is measured, in one line. */
  String purpose();

  /** Measures; what it starts is closed with the bench. */
  Report run(Bench bench) throws IOException, InterruptedException;
}
