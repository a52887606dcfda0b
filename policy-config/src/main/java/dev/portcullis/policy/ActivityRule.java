package dev.portcullis.policy;

/** Which admitted requests are told of in the audit trail. */
public enum ActivityRule {
  /** None. */
  NONE,
  /** Those whose method is not {@code GET}, {@code HEAD} or {@code OPTIONS}. */
  CHANGES,
  /** All but those of public routes. */
  ALL;

  /** Whether it tells of an admitted request with this method. */
  public boolean covers(String method) {
    return switch (this) {
      case NONE -> false;
      case CHANGES -> !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
      case ALL -> true;
    };
  }
}
