package dev.portcullis.load;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A token as one client of a drill, who alone changes it, knows it: what was acknowledged last, and
 * what was asked for since without an answer. For one thread at a time.
 */
final class ExpectedToken {
  /** Stands for any end. */
  private static final String ANY = "any";

  private final String id;
  private final String secret;
  private final ExpectedPrincipal owner;
  private final Set<String> names = new HashSet<>();
  private final Set<String> ends = new HashSet<>();
  private Certainty revoked = Certainty.NO;
  private String replacedBy = "";

  /** A token that was just made. */
  ExpectedToken(JsonNode issued, ExpectedPrincipal owner) {
    JsonNode token = issued.path("token");
    this.id = token.path("id").asString();
    this.secret = issued.path("secret").asString();
    this.owner = owner;
    names.add(token.path("name").asString());
    ends.add(token.path("expiresAt").asString(""));
  }

  String id() {
    return id;
  }

  ExpectedPrincipal owner() {
    return owner;
  }

  Credential credential(String email) {
    return new Credential(id, secret, email);
  }

  boolean hasSecret(String other) {
    return secret.equals(other);
  }

  Certainty revoked() {
    return revoked;
  }

  String replacedBy() {
    return replacedBy;
  }

  /** A name was asked for. */
  void maybeNamed(String name) {
    names.add(name);
  }

  /** An end was asked for. */
  void maybeEnding(String end) {
    ends.add(end);
  }

  /** Its revocation was asked for. */
  void maybeRevoked() {
    revoked = revoked.orMaybe();
  }

  /** It is known to be revoked. */
  void surelyRevoked() {
    revoked = Certainty.YES;
  }

  /** It was replaced, so it was good then. */
  void surelyReplaced(String by, boolean atOnce) {
    replacedBy = by;
    revoked = atOnce ? Certainty.YES : Certainty.NO;
    if (!atOnce) {
      ends.clear();
      ends.add(ANY);
    }
  }

  /** Whether it may be so; texts are empty for none. */
  boolean allows(String name, String end, boolean isRevoked, String replacement) {
    return names.contains(name)
        && (ends.contains(end) || ends.contains(ANY))
        && revoked.allows(isRevoked)
        && replacedBy.equals(replacement);
  }

  /** Whether an answer shows it as it may be. Afterwards that is all it may be. */
  boolean settle(JsonNode token) {
    String name = token.path("name").asString("");
    String end = token.path("expiresAt").asString("");
    boolean isRevoked = !token.path("revokedAt").isNull();
    boolean allowed = allows(name, end, isRevoked, token.path("replacedBy").asString(""));
    names.clear();
    names.add(name);
    ends.clear();
    ends.add(end);
    revoked = isRevoked ? Certainty.YES : Certainty.NO;
    return allowed;
  }

  @Override
  public String toString() {
    return id + " names " + names + " ends " + ends + " revoked " + revoked + " by " + replacedBy;
  }
}
