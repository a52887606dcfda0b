package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Policy files for a gateway. */
interface Policies {
  /** Writes the files into a directory that is there. */
  void write(Path directory, URI upstream) throws IOException;
}
