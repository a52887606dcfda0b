package dev.portcullis.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A principal as one client of a drill, who alone changes it, knows it: what was acknowledged last,
 * and what was asked for since without an answer. For one thread at a time.
 */
final class ExpectedPrincipal {
  private final String id;
  private final Set<String> emails = new HashSet<>();
  private final Set<String> enabled = new HashSet<>(Set.of("true"));
  private final List<ExpectedToken> tokens = new ArrayList<>();
  private Certainty present = Certainty.MAYBE;

  /** One that was asked for. */
  ExpectedPrincipal(String id, String email) {
    this.id = id;
    emails.add(email);
  }

  String id() {
    return id;
  }

  List<ExpectedToken> tokens() {
    return tokens;
  }

  Certainty present() {
    return present;
  }

  void surelyPresent() {
    present = Certainty.YES;
  }

  /** Whether it surely is there, and its tokens are admitted. */
  boolean isUsable() {
    return present == Certainty.YES && enabled.equals(Set.of("true"));
  }

  /** A change was asked for. */
  void maybe(String email, boolean isEnabled) {
    emails.add(email);
    enabled.add(Boolean.toString(isEnabled));
  }

  /** Its deletion was asked for. */
  void maybeDeleted() {
    present = Certainty.MAYBE;
    tokens.forEach(ExpectedToken::maybeRevoked);
  }

  /** It is gone, and its tokens with it. */
  void surelyDeleted() {
    present = Certainty.NO;
    tokens.forEach(ExpectedToken::surelyRevoked);
  }

  /** Whether, where it is there, it may be so. */
  boolean allows(String email, String isEnabled) {
    return emails.contains(email) && enabled.contains(isEnabled);
  }

  /** Whether an answer shows it as it may be. Afterwards that is all it may be. */
  boolean settle(JsonNode principal) {
    String email = principal.path("email").asString("");
    String isEnabled = principal.path("enabled").asString("");
    boolean allowed = allows(email, isEnabled);
    emails.clear();
    emails.add(email);
    enabled.clear();
    enabled.add(isEnabled);
    return allowed;
  }

  @Override
  public String toString() {
    return id + " e-mails " + emails + " enabled " + enabled + " present " + present;
  }
}
