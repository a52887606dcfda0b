package dev.portcullis.gateway.control;

import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.TokenRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a data plane would go by. */
final class TestPolicies {
  private static final String SHOP =
      """
      api: shop
      upstream: http://localhost:9000
      credentials: [bearer]
      email: optional
      routes:
        - match: GET /datasets/{dataset}
          scopes: ["dataset/{dataset}:read"]
        - match: GET /health
          public: true
        - match: GET /new
          scopes: ["new:read"]
          shadow: true
      roles:
        reader: ["dataset/*:read"]
      """;
  private static final String BILLS =
      """
      api: bills
      upstream: http://localhost:9000
      credentials: [bearer]
      email: optional
      routes:
        - match: GET /bills
          scopes: ["bill:read"]
      """;

  private TestPolicies() {}

  /** A shop, and bills with rules for tokens of its own. */
  static Policies all() {
    return Policies.of(
        1,
        List.of(
            ruled(
                read(BILLS),
                new TokenRules(
                    Map.of("api", "bill-", "access-key", "bill_key_"),
                    Optional.of(Duration.ofDays(10)),
                    Optional.of(Duration.ofDays(100)),
                    Set.of("name"))),
            read(SHOP)));
  }

  private static Policy read(String file) {
    return ((PolicyReader.Read) PolicyReader.read("test.yaml", file)).policies().getFirst();
  }

  private static Policy ruled(Policy policy, TokenRules rules) {
    return new Policy(
        policy.api(),
        policy.upstream(),
        policy.credentials(),
        policy.email(),
        policy.emailHeader(),
        policy.organizationHeader(),
        policy.forwardCredentials(),
        policy.importedTokens(),
        policy.issuers(),
        policy.tls(),
        policy.errors(),
        policy.limits(),
        policy.limitHeaders(),
        rules,
        policy.assertion(),
        policy.activity(),
        policy.routes(),
        policy.roles());
  }
}
