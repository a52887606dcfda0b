package dev.portcullis.load;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One question to the running program, answered in numbers. */
interface Measurement {
  /** The word on the command line, and the name of the report. */
  String name();

  /** What is measured, in one line. */
  String purpose();

  /** Options that differ from the usual ones where the command line does not say. */
  default List<String> defaults() {
    return List.of();
  }

  /** Options for the short form, which win over {@link #defaults}; none where it is not in it. */
  default List<String> inShort() {
    return List.of();
  }

  /** Names of options that it cannot do without; such a one is not among {@code all}. */
  default Set<String> required() {
    return Set.of();
  }

  /** Measures; what it starts is closed with the bench. */
  Report run(Bench bench) throws IOException, InterruptedException;
}
