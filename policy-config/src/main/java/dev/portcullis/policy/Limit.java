package dev.portcullis.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests are admitted in a window of time, written {@code 1000 per minute per token}.
 *
 * @param name what clients are told it is called: lower-case letters, digits and hyphens
 * @param requests how many, 1 to 999,999,999; a request on a route with a cost counts for more
 * @param window how long they last
 * @param per whose requests are counted together
 * @param burst how many are admitted at once after a pause, 1 to 999,999,999; {@code requests} for
 *     a quota
 * @param mode how exactly several gateways count
 * @param onOutage what becomes of requests while they cannot be counted
 */
public record Limit(
    String name,
    long requests,
    Window window,
    Subject per,
    long burst,
    Mode mode,
    OnOutage onOutage) {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "([1-9][0-9]{0,8}) per (second|minute|hour|day)"
              + "(?: per (token|principal|organization|address|api))?( leased)?");

  private static final int SUBJECT = 3;
  private static final String NUMBER = " NUMBER from 1 to 999999999";
  private static final long PARTS_OF_A_BURST = 10;
  private static final long PARTS_OF_A_QUOTA = 100;

  /** The time that a number of requests is for. */
  public enum Window {
    SECOND(Duration.ofSeconds(1)),
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    /** From midnight to midnight, UTC: the count is a quota and begins anew each day. */
    DAY(Duration.ofDays(1));

    private final Duration duration;

    Window(Duration duration) {
      this.duration = duration;
    }

    /** How long it is. */
    public Duration duration() {
      return duration;
    }

    /**
     * Whether the count begins anew at the end of each window; where not, what was used comes back
     * steadily.
     */
    public boolean isQuota() {
      return this == DAY;
    }
  }

  /** Whose requests one count holds. */
  public enum Subject {
    /** Of one token and of those that it was regenerated from. */
    TOKEN,
    /** Of all tokens of one principal. */
    PRINCIPAL,
    /** Of all tokens of one organization; a principal without one counts by itself. */
    ORGANIZATION,
    /** From one IPv4 address, or one IPv6 network of 64 bits. */
    ADDRESS,
    /** Everybody's. */
    API;

    /** Whether it is known only once credentials were verified. */
    public boolean needsToken() {
      return this == TOKEN || this == PRINCIPAL || this == ORGANIZATION;
    }
  }

  /** How exactly several gateways count. */
  public enum Mode {
    /** Every request is counted in the store: never one too many. */
    EXACT,
    /** A gateway takes portions ahead and serves from them: never one too many, maybe too few. */
    LEASED
  }

  /** What becomes of requests while they cannot be counted. */
  public enum OnOutage {
    DENY,
    ALLOW
  }

  /**
   * Reads the written form {@code NUMBER per WINDOW [per SUBJECT] [leased]}; without a subject it
   * is per token.
   *
   * @throws IllegalArgumentException with a message for people, when it is not a limit
   */
  public static Limit parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a limit: NUMBER per second|minute|hour|day"
              + " [per token|principal|organization|address|api] [leased],"
              + NUMBER);
    }
    return of(written);
  }

  private static Limit of(Matcher written) {
    long requests = Long.parseLong(written.group(1));
    Window window = Window.valueOf(written.group(2).toUpperCase(Locale.ROOT));
    Subject per =
        written.group(SUBJECT) == null
            ? Subject.TOKEN
            : Subject.valueOf(written.group(SUBJECT).toUpperCase(Locale.ROOT));
    return new Limit(
        word(per) + "-" + word(window),
        requests,
        window,
        per,
        requests,
        written.group(4) == null ? Mode.EXACT : Mode.LEASED,
        OnOutage.DENY);
  }

  /**
   * Reads a limit that a token has by itself: {@code NUMBER per WINDOW [leased]}.
   *
   * @throws IllegalArgumentException with a message for people, when it is not one
   */
  public static Limit ofToken(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches() || written.group(SUBJECT) != null) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a limit of a token: NUMBER per second|minute|hour|day [leased],"
              + NUMBER);
    }
    Limit limit = of(written);
    return limit.named(Limits.OF_A_TOKEN + "-" + word(limit.window));
  }

  /** The same under another name. */
  public Limit named(String other) {
    return new Limit(other, requests, window, per, burst, mode, onOutage);
  }

  /** The same admitting so many at once. */
  public Limit bursting(long most) {
    return new Limit(name, requests, window, per, most, mode, onOutage);
  }

  /** The same with another answer to an outage. */
  public Limit onOutage(OnOutage other) {
    return new Limit(name, requests, window, per, burst, mode, other);
  }

  /** How long it takes until so many requests more are admitted, where they come back steadily. */
  public Duration timeFor(long more) {
    return Duration.ofNanos((long) Math.ceil((double) more * window.duration.toNanos() / requests));
  }

  /** The most that a gateway takes ahead at once where it is leased; below 2, it takes none. */
  public long portion() {
    return window.isQuota() ? requests / PARTS_OF_A_QUOTA : burst / PARTS_OF_A_BURST;
  }

  /**
   * How many requests are admitted at once, at the least: gateways keep room for what they hold of
   * a leased limit, a tenth of its burst or less.
   */
  long atOnce() {
    return mode == Mode.LEASED && !window.isQuota() && portion() > 1 ? burst - portion() : burst;
  }

  /** The written form, in full but for what {@link #parse} takes for granted. */
  @Override
  public String toString() {
    return requests
        + " per "
        + word(window)
        + (per == Subject.TOKEN ? "" : " per " + word(per))
        + (mode == Mode.LEASED ? " leased" : "");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
