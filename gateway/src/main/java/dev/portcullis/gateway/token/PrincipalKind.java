package dev.portcullis.gateway.token;

/** Who owns tokens. */
public enum PrincipalKind {
  USER("user"),
  SERVICE_ACCOUNT("service-account");

  private final String word;

  PrincipalKind(String word) {
    this.word = word;
  }

  /** The word in JSON and in the store. */
  public String word() {
    return word;
  }
}
