package dev.portcullis.load;

import java.io.IOException;
import java.util.List;

/** A gateway that can be started. */
interface Program {
  /** Its command line with these settings, {@code --name=value} each. */
  List<String> command(List<String> settings) throws IOException;
}
