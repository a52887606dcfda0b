package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TokenStore;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RouteCallersInMemoryTest extends RouteCallersContract {
  private static final String PATH = "/v1/routes/callers?route=bills:GET%20/bills";

  private final InMemoryStore store = new InMemoryStore(clock);

  @Override
  protected TokenRegistry registry() {
    return store.registry();
  }

  @Override
  protected AuditTrail trail() {
    return store.trail();
  }

  @Override
  protected TokenStore store() {
    return store;
  }

  @Test
  void looksAtAThousandAndTellsThatThereAreMore() {
    for (int i = 0; i < 1_100; i++) {
      store.with(TestPrincipals.user("user-" + i));
    }
    JsonNode first = operator.get(PATH).json();
    assertThat(first.get("examined").asInt()).isEqualTo(1_000);
    JsonNode rest = operator.get(PATH + "&cursor=" + of(first, "next")).json();
    assertThat(rest.get("examined").asInt()).isBetween(100, 150);
    assertThat(rest.get("next").isNull()).isTrue();
    Set<String> found = new HashSet<>();
    first.get("items").forEach(it -> found.add(of(it, "id")));
    rest.get("items").forEach(it -> found.add(of(it, "id")));
    assertThat(found).contains("user-0", "user-1099").hasSizeGreaterThanOrEqualTo(1_100);
  }

  @Test
  void tellsAnOutageOfTheStore() {
    store.switchOff();
    operator.get(PATH).isRefusal(503);
    store.switchOn();
  }
}
