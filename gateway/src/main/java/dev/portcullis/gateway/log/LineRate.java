package dev.portcullis.gateway.log;

/**
 * How many lines of one kind are written in a second, and at once after a quiet second.
 *
 * @param perSecond 0 for none
 */
public record LineRate(int perSecond) {
  private static final int MOST = 1_000_000;

  /**
   * A rate that can be kept.
   *
   * @throws IllegalArgumentException with a message for people, below 0 or above 1,000,000
   */
  public LineRate {
    if (perSecond < 0 || perSecond > MOST) {
      throw new IllegalArgumentException(perSecond + " is not a number of lines from 0 to " + MOST);
    }
  }
}
