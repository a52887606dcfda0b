package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.meter.TokenMeters;
import dev.portcullis.policy.Problem;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What operators are told of the gateway. */
class StatusTest extends InMemoryControlPlaneKit {
  private static final Problem PROBLEM = new Problem("a.yaml", 3, "routes[0].match", "is odd");

  @BeforeEach
  void anew() {
    store.switchOn();
    meters().clear();
    changes().inForce();
  }

  private JsonNode status() {
    Asker.Answer answer = operator.get("/v1/status");
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void tellsThatItServesAndSinceWhen() {
    clock.advance(Duration.ofSeconds(12));
    JsonNode status = status();
    assertThat(of(status, "state")).isEqualTo("serving");
    assertThat(of(status, "since")).isEqualTo(clock.instant().minusSeconds(12).toString());
    assertThat(of(status, "now")).isEqualTo(clock.instant().toString());
    assertThat(status.at("/policies/generation").asInt()).isEqualTo(1);
    assertThat(status.at("/policies/apis").asInt()).isEqualTo(2);
    assertThat(status.at("/policies/routes").asInt()).isEqualTo(4);
    assertThat(status.at("/policies/lastProblem").isNull()).isTrue();
  }

  @Test
  void tellsWhichChangeOfThePoliciesIsNotInForceAndWhy() {
    changes().unsound(Collections.nCopies(25, PROBLEM));
    JsonNode status = status();
    assertThat(of(status, "state")).isEqualTo("degraded");
    assertThat(status.at("/parts/0/state").asString()).isEqualTo("degraded");
    JsonNode last = status.at("/policies/lastProblem");
    assertThat(of(last, "at")).isEqualTo(clock.instant().toString());
    assertThat(last.get("problems")).hasSize(20);
    assertThat(last.at("/problems/0").asString()).isEqualTo("a.yaml:3: routes[0].match: is odd");
    assertThat(last.get("more").asInt()).isEqualTo(5);
    changes().inForce();
    assertThat(of(status(), "state")).isEqualTo("serving");
  }

  @Test
  void readsItsNumbersFromTheMeters() {
    assertThat(status().get("tokens").isNull()).isTrue();
    assertThat(status().at("/store/lagMillis").isNull()).isTrue();
    Meters meters = new Meters(meters());
    meters.allowed("shop", "one");
    meters.allowed("shop", "two");
    meters.refused("shop", "one", Reason.TOKEN_EXPIRED);
    new TokenMeters(meters()).states(5, 1, 2);
    meters.connections(() -> 4, () -> 0, () -> 0);
    StoreMeters ofStore = new StoreMeters(meters());
    ofStore.cache("tokens", () -> 3, () -> 120, () -> 4, () -> 7);
    ofStore.channel(() -> true, () -> true, () -> Duration.ofMillis(312));
    ofStore.store("token", "found", Duration.ofMillis(1));
    ofStore.store("token", "unavailable", Duration.ofMillis(200));
    ofStore.store("principal", "unavailable", Duration.ofMillis(200));
    JsonNode status = status();
    assertThat(status.get("decisions").toString()).isEqualTo("{\"ALLOWED\":2,\"TOKEN_EXPIRED\":1}");
    assertThat(status.get("tokens").toString()).isEqualTo("{\"active\":5,\"old\":1,\"ending\":2}");
    assertThat(status.get("connections").asInt()).isEqualTo(4);
    assertThat(status.get("caches").toString())
        .isEqualTo("[{\"name\":\"tokens\",\"size\":3,\"hits\":120,\"misses\":4,\"evictions\":7}]");
    assertThat(status.get("store").toString()).isEqualTo("{\"lagMillis\":312,\"unanswered\":2}");
  }

  @Test
  void tellsAnOperatorOfAnOrganizationNoDetailsAndNoNumbers() {
    new Meters(meters()).allowed("shop", "one");
    changes().unsound(List.of(PROBLEM));
    JsonNode status = delegate("acme", "portcullis/status:read").get("/v1/status").json();
    assertThat(of(status, "state")).isEqualTo("degraded");
    assertThat(status.get("parts")).isNotEmpty();
    assertThat(status.get("parts"))
        .allSatisfy(it -> assertThat(it.get("detail").isNull()).isTrue());
    assertThat(status.properties())
        .filteredOn(member -> member.getValue().isNull())
        .extracting(member -> member.getKey())
        .containsExactly("policies", "store", "caches", "decisions", "tokens", "connections");
    JsonNode unbound = delegate("", "portcullis/status:read").get("/v1/status").json();
    assertThat(unbound.at("/policies/lastProblem/problems")).hasSize(1);
  }

  @Test
  void isToldWhileTheStoreIsGone() {
    store.switchOff();
    assertThat(of(status(), "state")).isEqualTo("serving");
  }
}
