package dev.portcullis.load.latency;

import io.gatling.app.Gatling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program: runs {@link ConstantArrivals} as the system properties of {@link Plan} say, and
 * prints one line of JSON.
 */
public final class Latency {
  private static final String NOBODY = "127.0.0.1";
  private static final String DISCARD = "9";

  private Latency() {}

  /** Takes no words. Exits as Gatling does: with 0 where the load ran to its end. */
  public static void main(String[] args) throws IOException {
    Path scratch = Files.createTempDirectory("latency-");
    // Gatling asks Maven Central for its newest version at each start, and remembers the answer.
    System.setProperty("https.proxyHost", NOBODY);
    System.setProperty("https.proxyPort", DISCARD);
    System.setProperty("java.util.prefs.userRoot", scratch.toString());
    Gatling.main(
        new String[] {"-s", ConstantArrivals.class.getName(), "-nr", "-rf", scratch.toString()});
  }
}
