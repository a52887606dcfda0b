package dev.portcullis.gateway.token;

import java.util.Objects;

/** A token in clear. Shows itself to nobody who does not ask by {@link #reveal}. */
public final class SecretText {
  private final String text;

  private SecretText(String text) {
    this.text = Objects.requireNonNull(text);
  }

  /** Wraps a secret as early as it is known to be one. */
  public static SecretText of(String text) {
    return new SecretText(text);
  }

  /** The secret itself: to hash it, or to show it to its owner once. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }
}
