package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import java.util.Map;
import java.util.Optional;

/** Tokens with what is said about them, for tests. */
public final class TestDetails {
  private TestDetails() {}

  /** The token with a name, of no organization, and no more said about it. */
  public static TokenDetails of(String name, Token token) {
    return of(name, token, Optional.empty());
  }

  /** The token with a name, of its owner's organization, and no more said about it. */
  public static TokenDetails of(String name, Token token, Principal owner) {
    return of(name, token, owner.organization());
  }

  private static TokenDetails of(String name, Token token, Optional<String> organization) {
    return new TokenDetails(
        token,
        organization,
        Optional.empty(),
        name,
        "",
        TestTokens.CREATED,
        "operator",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
