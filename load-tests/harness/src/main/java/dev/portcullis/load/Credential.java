package dev.portcullis.load;

/**
 * A minted token: its id, its secret, and its owner's e-mail. Shows nothing of the secret as text.
 */
final class Credential {
  private final String tokenId;
  private final String secret;
  private final String email;

  Credential(String tokenId, String secret, String email) {
    this.tokenId = tokenId;
    this.secret = secret;
    this.email = email;
  }

  String tokenId() {
    return tokenId;
  }

  String email() {
    return email;
  }

  /** The value of the Authorization header. */
  String authorization() {
    return "Bearer " + secret;
  }

  /** The header lines that show it, for a request written by hand. */
  String lines() {
    return "Authorization: " + authorization() + "\r\nEmail: " + email + "\r\n";
  }

  @Override
  public String toString() {
    return "Credential[" + tokenId + "]";
  }
}
