package dev.portcullis.gateway;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.token.Pepper;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Salt;
import java.util.List;
import java.util.Locale;

/** What a client may show that is good for nothing. */
enum Guess {
  MALFORMED("CREDENTIALS_MALFORMED"),
  FORGED("TOKEN_UNKNOWN"),
  UNKNOWN_AND_WELL_FORMED("TOKEN_UNKNOWN"),
  UNKNOWN_AND_IMPORTED("TOKEN_UNKNOWN"),
  REVOKED("TOKEN_REVOKED");

  private static final PepperRing PEPPERS =
      new PepperRing(Pepper.ofBase64("p1", GatewayProcess.PEPPER), List.of());

  private final String reason;

  Guess(String reason) {
    this.reason = reason;
  }

  /** Of the first few refusals. */
  String reason() {
    return reason;
  }

  /** Whether only the store knows that it is good for nothing. */
  boolean isLookedUp() {
    return this != MALFORMED && this != FORGED;
  }

  /** A bearer token that was never shown before; a revoked one is this user's. */
  String bearer(TestBed bed, String user) {
    String minted = PEPPERS.mint("pcat_", Salt.fresh()).secret().reveal();
    return switch (this) {
      case MALFORMED -> "Authorization: Bearer " + minted + " x";
      case FORGED -> "Authorization: Bearer " + minted.replaceAll(".{6}$", "000000");
      case UNKNOWN_AND_WELL_FORMED -> "Authorization: Bearer " + minted;
      case UNKNOWN_AND_IMPORTED ->
          "Authorization: Bearer " + minted.toLowerCase(Locale.ROOT).replace('_', '-');
      case REVOKED -> {
        Issued token = bed.token(user, "throttle:read");
        bed.revoke(token);
        yield token.bearer();
      }
    };
  }
}
