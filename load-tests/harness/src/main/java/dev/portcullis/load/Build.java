package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A packaged gateway, and how it is run.
 *
 * @param flags of the JVM
 */
record Build(Path jar, List<String> flags) implements Program {

  /** The packaged gateway that the options name, run like all that it is compared with. */
  static Build of(Options options) {
    return new Build(options.gateway(), Jvm.FLAGS);
  }

  @Override
  public List<String> command(List<String> settings) throws IOException {
    if (!Files.exists(jar)) {
      throw new IOException(jar + " is missing; mvn -q -DskipTests package builds the gateway");
    }
    return Jvm.jar(flags, jar, settings);
  }
}
