package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.TokenDetails;
import dev.portcullis.gateway.token.LastUse;
import dev.portcullis.gateway.token.TokenStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The showing of tokens as they stand just now. */
final class TokenViews {
  private final Duration maxAge;
  private final Duration expiringWithin;
  private final InstantSource clock;

  TokenViews(ControlSettings settings, InstantSource clock) {
    this.maxAge = settings.maxAge();
    this.expiringWithin = settings.expiringWithin();
    this.clock = clock;
  }

  TokenView of(KeptToken token) {
    return of(token.details(), token.lastUse());
  }

  TokenView of(TokenDetails details, Optional<LastUse> lastUse) {
    Instant now = clock.instant();
    boolean old = details.createdAt().isBefore(now.minus(maxAge));
    boolean ending =
        details.token().status(now) == TokenStatus.ACTIVE
            && details
                .token()
                .expiresAt()
                .filter(end -> end.isBefore(now.plus(expiringWithin)))
                .isPresent();
    return TokenView.of(details, lastUse, now, old, ending);
  }
}
