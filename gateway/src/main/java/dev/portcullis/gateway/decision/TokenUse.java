package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.RouteMatch;
import java.time.Instant;

/**
 * A known token in one request: all that the checks read. They are facts only, so that a cached
 * token is judged anew at every request and on every route.
 *
 * @param claim whose the request says the token is
 */
record TokenUse(
    Verification.Known known, Claim.Made claim, RequestHead head, RouteMatch match, Instant now) {

  Token token() {
    return known.token();
  }

  Principal principal() {
    return known.principal();
  }
}
