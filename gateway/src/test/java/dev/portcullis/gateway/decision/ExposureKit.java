package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.RouteMatch;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;

/** A look at what is exposed, which is over when it returns, for tests of it to extend. */
abstract class ExposureKit extends ChainKit {
  protected static final String UNEXAMINED = "nobody can tell";
  protected static final String FOUND = TestTokens.ID + " to logs from 192.0.2.7";

  protected final List<String> told = new ArrayList<>();
  private final ExposedTokens listener =
      new ExposedTokens() {
        @Override
        public void exposed(
            Token token, List<TokenHash> hashes, String api, Optional<InetAddress> from) {
          told.add(
              token.id()
                  + " to "
                  + api
                  + " from "
                  + from.map(InetAddress::getHostAddress).orElse("nowhere"));
        }

        @Override
        public void unexamined() {
          told.add(UNEXAMINED);
        }
      };
  protected FailureThrottle throttle = new FailureThrottle(Optional.empty(), 100, ticker);

  @BeforeEach
  void haveTheExposedRevoked() {
    policy =
        POLICY.replace("[bearer]", "[bearer, {query: tk}, {cookie: token}]")
            + "  - {match: GET /tried, scopes: [], shadow: true}\n"
            + "tls: revoking\n";
    given(TestTokens.active(), TestPrincipals.user());
  }

  protected Exposure exposure(TokenStore from, Executor beside) {
    return new Exposure(
        new TokenSources(peppers, from, otherIssuers), throttle, listener, PATIENCE, beside);
  }

  protected void look(TestRequests request) {
    look(request, match(request.head()));
  }

  protected void look(TestRequests request, RouteMatch match) {
    RequestHead head = request.head();
    exposure(store, Runnable::run).look(head, match, Suspicion.of(head, throttle));
  }

  protected String secret() {
    return minted.secret().reveal();
  }
}
