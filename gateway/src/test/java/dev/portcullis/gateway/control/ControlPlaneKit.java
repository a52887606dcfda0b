package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.health.PolicyChanges;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.InMemoryParameters;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.FakeTicker;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A control plane over a store of the test's choice, and an operator who asks it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ControlPlaneKit {
  /** The rules of those who run it: access keys live 30 days, and 90 at most. */
  static final Lifetimes LIFETIMES =
      new Lifetimes(
          Map.of(
              TokenKind.ACCESS_KEY,
              new Lifetimes.Lifetime(
                  Optional.of(Duration.ofDays(30)), Optional.of(Duration.ofDays(90))),
              TokenKind.PERSONAL,
              new Lifetimes.Lifetime(Optional.empty(), Optional.of(Duration.ofDays(90)))));

  /** For what waits while the test goes on. */
  static final Executor ASIDE = Executors.newVirtualThreadPerTaskExecutor();

  protected final TestClock clock = new TestClock();
  final FakeTicker ticker = new FakeTicker();
  private ControlPlane plane;
  Asker operator;
  int made;

  /** Where principals and tokens are kept; empty at first. */
  protected abstract TokenRegistry registry();

  /** The same, as the data plane reads it. */
  protected abstract TokenStore store();

  /** What was done to it. */
  protected abstract AuditTrail trail();

  @BeforeAll
  void start() {
    plane =
        new ControlPlane(
            registry(), trail(), store(), clock, ticker, ControlPlane.settings(LIFETIMES));
    operator = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);
  }

  @AfterAll
  void stop() {
    plane.close();
  }

  /** An operator with this token. */
  Asker asking(String token) {
    return Asker.with(plane.uri(), token);
  }

  /** Where secrets are put that are not shown. */
  InMemoryParameters parameters() {
    return plane.parameters();
  }

  /** What became of its policies. */
  PolicyChanges changes() {
    return plane.changes();
  }

  /** What it counts. */
  MeterRegistry meters() {
    return plane.meters();
  }

  Asker anonymous() {
    return Asker.withoutToken(plane.uri());
  }

  /** A new user of this organization, who may do everything with data sets. */
  String principal(String organization) {
    return principal(organization, "dataset/*:*", "role:reader");
  }

  String principal(String organization, String... scopes) {
    String id = "principal-" + made++;
    Asker.Answer answer =
        operator.post(
            "/v1/principals",
            """
            {"id": "%s", "kind": "user", "email": "Ada@Example.org", "organization": "%s",
             "scopes": ["%s"]}
            """
                .formatted(id, organization, String.join("\",\"", scopes)));
    assertThat(answer.status()).isEqualTo(201);
    return id;
  }

  /** A new token of this principal, for an hour. */
  Asker.Answer token(String principal) {
    return token(principal, "\"expiresIn\": \"PT1H\"");
  }

  Asker.Answer token(String principal, String more) {
    Asker.Answer answer =
        operator.post(
            "/v1/tokens",
            """
            {"principal": "%s", "kind": "api", "name": "ci", "scopes": ["dataset/logs:read"]%s}
            """
                .formatted(principal, more.isEmpty() ? "" : ", " + more));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer;
  }

  /** An operator of this organization, or of none, with these scopes of the control plane. */
  Asker delegate(String organization, String... scopes) {
    String id = organization.isEmpty() ? unbound(scopes) : principal(organization, scopes);
    Asker.Answer answer =
        operator.post(
            "/v1/tokens",
            "{\"principal\": \"%s\", \"kind\": \"personal\", \"name\": \"operator\"}"
                .formatted(id));
    assertThat(answer.status()).isEqualTo(201);
    return asking(answer.at("/secret"));
  }

  private String unbound(String... scopes) {
    String id = "principal-" + made++;
    operator.post(
        "/v1/principals",
        "{\"id\": \"%s\", \"kind\": \"user\", \"scopes\": [\"%s\"]}"
            .formatted(id, String.join("\",\"", scopes)));
    return id;
  }

  String idOf(Asker.Answer created) {
    return created.at("/token/id");
  }

  /** A secret by which the data plane finds a token. */
  void assertFound(String secret) {
    TokenHash hash = ControlPlane.PEPPERS.candidates(SecretText.of(secret), false).getFirst();
    assertThat(store().token(hash).toCompletableFuture().join()).isInstanceOf(Lookup.Found.class);
  }

  /** Entries of the audit trail, oldest first. */
  List<JsonNode> audit(String filter) {
    List<JsonNode> entries = new ArrayList<>();
    String cursor = "";
    do {
      Asker.Answer page = operator.get("/v1/audit?limit=200&" + filter + cursor);
      assertThat(page.status()).isEqualTo(200);
      page.json().get("items").forEach(entries::add);
      cursor =
          page.json().hasNonNull("next") ? "&cursor=" + page.json().get("next").asString() : "";
    } while (!cursor.isEmpty());
    return entries;
  }

  /** A member as text; empty where it is null. */
  static String of(JsonNode entry, String name) {
    return entry.get(name).asString("");
  }
}
