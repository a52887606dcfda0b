package dev.portcullis.gateway;

import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.issuer.TestIssuer;
import dev.portcullis.gateway.proxy.RawConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/** A little of all that a gateway sees: what is let through, what is refused, what goes wrong. */
final class MixedLoad implements AutoCloseable {
  private static final String FRONT =
      """
      api: shop
      upstream: UPSTREAM
      credentials: [bearer]
      email: optional
      organization-header: X-Org
      assertion: true
      issuers:
        ISSUER
      roles: {reader: ["shop/*:read"]}
      routes:
        - {match: "GET /shop/{x}", scopes: ["shop/{x}:read"]}
        - {match: GET /shop/limited, scopes: [], limit: 2 per hour}
        - {match: GET /shop/loose, scopes: [], limit: {limit: 1000 per hour, on-outage: allow}}
        - {match: GET /shop/trial, scopes: ["nobody:read"], shadow: true}
      """;
  private static final String BROKEN =
      """
      api: broken
      upstream: http://127.0.0.1:1
      routes:
        - {match: GET /broken, public: true}
      """;
  private static final String EXPOSED =
      """
      api: exposed
      upstream: UPSTREAM
      credentials: [bearer]
      tls: revoking
      routes:
        - {match: GET /exposed, scopes: []}
      """;

  private final TestBed bed;
  private final TestIssuer issuer = TestIssuer.start();
  private final Issued token;
  private final Issued narrow;
  private final Issued revoked;
  private final Issued expired;

  /** With a gateway that throttles none of it. */
  MixedLoad(TestBed bed) {
    this.bed = bed;
    bed.follow(FRONT.replace("ISSUER", issuer.yaml()));
    bed.follow(BROKEN);
    bed.follow(EXPOSED);
    bed.user("ada", "\"email\":\"ada@example.org\",\"scopes\":[\"*:*\"]");
    bed.token("ada", "shop/aged:read");
    bed.gateway().clock().advance(Duration.ofDays(100));
    token = bed.token("ada", "shop/*:read");
    narrow = bed.token("ada", "shop/7:read");
    revoked = bed.token("ada", "shop/*:read");
    bed.revoke(revoked);
    expired = ending("PT1S");
    bed.gateway().clock().advance(Duration.ofSeconds(1));
    List.of("PT12H", "P3D", "P20D").forEach(this::ending);
  }

  private Issued ending(String in) {
    return bed.issue(
        "ada", "\"kind\":\"api\",\"scopes\":[\"shop/*:read\"],\"expiresIn\":\"%s\"".formatted(in));
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
  }

  /** Requests of all sorts, one after another, and a pause to collect garbage. */
  void round() {
    System.gc();
    try (RawConnection client = RawConnection.to(bed.gateway().port())) {
      for (int i = 0; i < 40; i++) {
        ask(client, "GET /shop/" + i, token.bearer());
      }
      ask(client, "GET /shop/loose", token.bearer());
      ask(client, "GET /shop/trial", token.bearer());
      ask(client, "GET /shop/1", bed.token("ada", "shop/1:read").bearer());
      ask(client, "GET /shop/1");
      ask(client, "GET /shop/8", narrow.bearer());
      ask(client, "GET /shop/1", revoked.bearer());
      ask(client, "GET /shop/1", expired.bearer());
      ask(client, "GET /shop/1", token.bearer(), "Email: eve@example.org");
      ask(client, "GET /shop/1", Guess.UNKNOWN_AND_WELL_FORMED.bearer(bed, "ada"));
      ask(client, "GET /shop/1", "Authorization: Bearer pcat_forged");
      ask(client, "GET /shop/1", "Authorization: Bearer " + issuer.jwt("fay", now()).text());
      for (int i = 0; i < 4; i++) {
        ask(client, "GET /shop/limited", token.bearer());
      }
      ask(client, "GET /nowhere");
      ask(client, "GET /broken");
      ask(client, "GET /exposed", bed.token("ada", "shop/1:read").bearer());
    }
    RawConnection.exchange(bed.gateway().port(), TestBed.request("GET /shop/%2e%2e/x"));
  }

  private Instant now() {
    return bed.gateway().clock().instant();
  }

  private static void ask(RawConnection client, String line, String... fields) {
    client.send(TestBed.request(line, fields)).read();
  }

  /**
   * The store is gone for a while: what is cached is served, what is not is refused.
   *
   * @param seen waits until it was seen that it is gone
   */
  void outage(Runnable seen) {
    Issued unused = bed.token("ada", "shop/*:read");
    bed.ask("GET /shop/loose", token.bearer());
    Outage.KILLED.begin(bed);
    for (int i = 0; i < 2; i++) {
      bed.ask("GET /shop/loose", token.bearer());
      bed.ask("GET /shop/1", unused.bearer());
      seen.run();
    }
    Outage.KILLED.end(bed);
    soon().until(() -> bed.gateway().metric("portcullis_store_up ") == 1);
  }

  /** The policies are changed to what cannot be followed, and back. */
  void unsoundPolicy() {
    double before = bed.gateway().metric("portcullis_policy_reload_failures_total");
    bed.gateway().write("api: broken\nroutes: 7\n");
    soon().until(() -> bed.gateway().metric("portcullis_policy_reload_failures_total") > before);
    bed.follow(BROKEN.replace("/broken,", "/mended,"));
    bed.follow(BROKEN);
  }

  @Override
  public void close() {
    issuer.close();
  }
}
