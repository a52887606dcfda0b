package dev.portcullis.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** The floods that one gateway has to bear, each from a loopback address of its own. */
final class FloodSenders {
  static final int PER_SECOND = 20_000;
  private static final int ADDRESSES = 100_000;
  private static final int CONNECTIONS = 32;
  private static final int AHEAD = 8;
  private static final int FAILURES_PER_MINUTE = 300;
  private static final int SLOW = 500;
  private static final int HELD_EACH = 1_000;
  private static final int LONG_HEADS = 500;
  private static final int LONG = 64 * 1024;
  private static final int SECRET = 38;
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final URI to;
  private final String prefix;

  /**
   * Floods of this gateway.
   *
   * @param minted a token whose prefix forged ones have
   */
  FloodSenders(URI to, Credential minted) {
    this.to = to;
    this.prefix = minted.authorization().substring(0, minted.authorization().lastIndexOf('_') + 1);
  }

  static InetAddress address(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  /** The right prefix and length, and wrong check characters. */
  Attack forged(int address) throws IOException {
    return flood(address, () -> get(FloodPolicies.PATH, prefix + random(), ""));
  }

  Attack malformed(int address) throws IOException {
    return flood(address, () -> get(FloodPolicies.PATH, "Bearer ?", ""));
  }

  /** Tokens without check characters, where such are looked up. */
  Attack unknown(int address) throws IOException {
    return flood(address, () -> get(FloodPolicies.IMPORTED, "Bearer " + random(), ""));
  }

  /** One token again and again. */
  Attack revoked(int address, Credential credential) throws IOException {
    byte[] request = Pipeline.get(FloodPolicies.PATH, credential.lines());
    return flood(address, () -> request);
  }

  /** Forged tokens for many clients of a trusted proxy. */
  Attack forgedFromEverywhere(int address) throws IOException {
    return flood(address, () -> get(FloodPolicies.PATH, prefix + random(), forwardedFor()));
  }

  /** Unknown tokens for many clients of a trusted proxy. */
  Attack unknownFromEverywhere(int address) throws IOException {
    return flood(address, () -> get(FloodPolicies.IMPORTED, "Bearer " + random(), forwardedFor()));
  }

  Attack slowHeads(int address) throws IOException {
    InetAddress from = address(address);
    return () -> Crowd.start(new Crowd.Plan(List.of(from), to, SLOW, true));
  }

  Attack longHeads(int address) throws IOException {
    byte[] request = Pipeline.get(FloodPolicies.PATH, "X-Long: " + "a".repeat(LONG) + "\r\n");
    return Attack.of(
        new Barrage.Plan(address(address), to, CONNECTIONS, 1, LONG_HEADS), () -> request);
  }

  Attack held(int first, int second) throws IOException {
    List<InetAddress> from = List.of(address(first), address(second));
    return () -> Crowd.start(new Crowd.Plan(from, to, HELD_EACH, false));
  }

  /** More than one address may have open. */
  Attack tooMany(int address) throws IOException {
    List<InetAddress> from = List.of(address(address));
    return () -> Crowd.start(new Crowd.Plan(from, to, 2 * HELD_EACH, false));
  }

  /**
   * The most tokens that a gateway looks up for one address in this time: what may fail at once and
   * comes back, and what is on its way when that is used up.
   */
  static double lookedUp(double seconds) {
    return FAILURES_PER_MINUTE * (1 + seconds / 60) + CONNECTIONS * AHEAD;
  }

  private Attack flood(int address, Supplier<byte[]> requests) throws IOException {
    return Attack.of(
        new Barrage.Plan(address(address), to, CONNECTIONS, AHEAD, PER_SECOND), requests);
  }

  private static byte[] get(String path, String authorization, String more) {
    return Pipeline.get(
        path, "Authorization: " + authorization + "\r\nEmail: who@example.com\r\n" + more);
  }

  private static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    StringBuilder text = new StringBuilder(SECRET);
    for (int i = 0; i < SECRET; i++) {
      text.append(BASE62.charAt(random.nextInt(BASE62.length())));
    }
    return text.toString();
  }

  private static String forwardedFor() {
    int client = ThreadLocalRandom.current().nextInt(ADDRESSES);
    return "X-Forwarded-For: 10."
        + (client >> 16)
        + "."
        + (client >> 8 & 0xff)
        + "."
        + (client & 0xff)
        + "\r\n";
  }
}
