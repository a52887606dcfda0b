package dev.portcullis.gateway.endpoint;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.HeaderFields;
import dev.portcullis.gateway.decision.LimitReport;
import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.gateway.decision.Transport;
import dev.portcullis.gateway.registry.InMemoryParameters;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Parameter;
import dev.portcullis.gateway.registry.ParameterReader;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.policy.CanonicalPath;
import dev.portcullis.policy.PathVariables;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterFetchTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String VALUE = "{\"accessKey\":\"t1\",\"secretKey\":\"pcsk_x\"}";

  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryParameters parameters = new InMemoryParameters();

  private Reply fetch(String path) {
    return fetch(parameters, path);
  }

  private Reply fetch(ParameterReader reader, String path) {
    RequestHead head =
        new RequestHead(
            "GET",
            ((CanonicalPath.Canonical) CanonicalPath.of("/.portcullis/parameters" + path)).path(),
            Optional.empty(),
            HeaderFields.of(Map.of()),
            Optional.of(InetAddress.ofLiteral("192.0.2.7")),
            Transport.TLS);
    Decision allowed =
        new Decision.Allowed(
            TestTokens.active(), TestPrincipals.inOrganization("acme"), LimitReport.NONE);
    return Answers.of(
        new ParameterFetch(reader, store.registry(), () -> NOW)
            .answer(new Call(allowed, head, variables(path), "")));
  }

  private static PathVariables variables(String path) {
    String[] parts = path.substring(1).split("/", -1);
    return new PathVariables(
        IntStream.rangeClosed(1, parts.length)
            .boxed()
            .collect(Collectors.toMap(part -> "name" + part, part -> parts[part - 1])));
  }

  private void put(String organization, String name) {
    Answers.of(
        parameters.put(
            new Parameter(name, Optional.of(organization), "t1"),
            Optional.empty(),
            SecretText.of(VALUE)));
  }

  private List<AuditEntry> entries() {
    AuditFilter all =
        new AuditFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return done(store.trail().entries(all, Optional.empty(), 10)).items().stream()
        .map(it -> it.entry())
        .toList();
  }

  @Test
  void givesWhatWasPutAndSaysSoInTheTrail() {
    put("acme", "/apps/billing");
    Reply reply = fetch("/apps/billing");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(VALUE);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
    assertThat(reply.toString()).doesNotContain("pcsk_x");
    assertThat(entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.fields())
                  .containsEntry("action", "parameter.read")
                  .containsEntry("actor", TestPrincipals.user().id())
                  .containsEntry("actorToken", TestTokens.active().id())
                  .containsEntry("address", "192.0.2.7")
                  .containsEntry("organization", "acme")
                  .containsEntry("token", "t1")
                  .containsEntry("detail", "/apps/billing");
              assertThat(entry.toString()).doesNotContain("pcsk_x");
            });
  }

  @Test
  void tellsNothingOfAnotherOrganizationsParameters() {
    put("other", "/apps/billing");
    Reply others = fetch("/apps/billing");
    Reply nothing = fetch("/nothing");
    assertThat(others.status()).isEqualTo(404);
    assertThat(others).isEqualTo(nothing);
    assertThat(entries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/apps", "/apps/billing/x", "/apps/billing/", "/APPS/billing"})
  void goesByTheWholeName(String name) {
    put("acme", "/apps/billing");
    assertThat(fetch(name).status()).isEqualTo(404);
  }

  @Test
  void givesNothingThatTheTrailDoesNotKnow() {
    put("acme", "/apps/billing");
    store.switchOff();
    Reply reply = fetch("/apps/billing");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsEntry("Retry-After", "1");
    assertThat(reply.body()).doesNotContain("pcsk_x");
  }

  @Test
  void saysThatItCannotReadIt() {
    ParameterReader unreadable =
        (organization, name) ->
            CompletableFuture.completedStage(new Outcome.Conflict<>("record", "key 'x' is gone"));
    Reply reply = fetch(unreadable, "/apps/billing");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body()).contains("cannot be read").doesNotContain("key 'x'");
  }

  @Test
  void hasARouteOfItsOwnScopeForEachDepth() {
    ParameterFetch fetch = new ParameterFetch(parameters, store.registry(), () -> NOW);
    OwnRoute second = fetch.route(2);
    assertThat(second.path()).isEqualTo("/.portcullis/parameters/{name1}/{name2}");
    assertThat(second.scopes()).containsExactly("portcullis/parameters/{name1}/{name2}:read");
    assertThat(second.open()).isFalse();
    assertThat(second.confidential()).isTrue();
  }
}
