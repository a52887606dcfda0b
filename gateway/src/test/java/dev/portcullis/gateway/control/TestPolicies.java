package dev.portcullis.gateway.control;

import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyReader;
import java.util.List;

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
        clerk: ["dataset/bills:read"]
        admin: ["new:*"]
      """;
  private static final String BILLS =
      """
      api: bills
      upstream: http://localhost:9000
      credentials: [bearer]
      email: optional
      limits: [9 per second per api]
      routes:
        - match: GET /bills
          scopes: ["bill:read"]
          limit: 10 per minute per token
      tokens:
        prefixes: {api: bill-, access-key: bill_key_}
        lifetime: {default: P10D, max: P100D}
        changeable: [name]
      """;

  private TestPolicies() {}

  /** A shop, and bills with rules for tokens of its own. */
  static Policies all() {
    return Policies.of(1, List.of(read(BILLS), read(SHOP)));
  }

  private static Policy read(String file) {
    return ((PolicyReader.Read) PolicyReader.read("test.yaml", file)).policies().getFirst();
  }
}
