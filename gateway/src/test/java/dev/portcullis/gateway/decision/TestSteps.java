package dev.portcullis.gateway.decision;

import java.util.List;

/** The names of the chain's steps, in their order. */
public final class TestSteps {
  /** Of a route that wants a token. */
  public static final List<String> WITH_A_TOKEN =
      List.of(
          "channel",
          "extract",
          "verify",
          "email",
          "organization",
          "revoked",
          "expired",
          "principal",
          "address",
          "scope",
          "limit");

  private TestSteps() {}
}
