package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.decision.TestChains;
import dev.portcullis.gateway.health.GatewayHealth;
import dev.portcullis.gateway.health.PolicyChanges;
import dev.portcullis.gateway.limit.InMemoryBuckets;
import dev.portcullis.gateway.meter.Readings;
import dev.portcullis.gateway.registry.InMemoryParameters;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.token.FakeTicker;
import dev.portcullis.policy.Limit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The description against the routes; its schemas are held against all answers by {@link Asker}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescriptionTest {
  private final TestClock clock = new TestClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final ControlPlane plane = new ControlPlane(store, clock);
  private final JsonNode description = Described.description();

  @AfterAll
  void stop() {
    plane.close();
  }

  private List<Operation> operations() {
    ControlSettings settings = ControlPlane.settings(new Lifetimes(Map.of()));
    Registrar registrar =
        Registrar.of(store.registry(), ControlPlane.PEPPERS, new InMemoryParameters(), clock);
    return new Operations(registrar, settings, () -> ControlPlane.POLICIES, clock)
        .all(
            store.trail(),
            new RefusedCalls(store.registry(), clock, new FakeTicker()),
            TestChains.of(ControlPlane.PEPPERS, store, new InMemoryBuckets(), clock),
            store,
            new StatusHandler(
                new GatewayHealth(List.of(), clock),
                new PolicyChanges(clock),
                () -> ControlPlane.POLICIES,
                new Readings(new SimpleMeterRegistry())));
  }

  @Test
  void isServedToAnyOperatorAndToNobodyElse() {
    Asker operator = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);
    assertThat(operator.get("/v1/openapi.json").json()).isEqualTo(description);
    assertThat(Asker.withoutToken(plane.uri()).get("/v1/openapi.json").status()).isEqualTo(401);
  }

  @Test
  void namesEachOperationThereIsAndNoOther() {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      path.getValue()
          .propertyNames()
          .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }
    Set<String> real = new TreeSet<>();
    operations().forEach(it -> real.add(it.method() + " " + it.path()));
    real.add("GET " + AssertionKeys.PATH);
    assertThat(described).isEqualTo(real);
  }

  private JsonNode described(Operation operation) {
    return description
        .get("paths")
        .get(operation.path())
        .get(operation.method().name().toLowerCase(Locale.ROOT));
  }

  @Test
  void namesTheScopeThatEachOperationNeeds() {
    for (Operation operation : operations()) {
      String text = described(operation).get("description").asString();
      assertThat(text)
          .contains(
              operation
                  .permission()
                  .map(permission -> "`" + permission.scope() + "`")
                  .orElse("For any operator"));
    }
  }

  @Test
  void saysThatNoOperationIsForWhoeverGuesses() {
    assertThat(operations())
        .allSatisfy(
            operation ->
                assertThat(described(operation).get("responses").propertyNames())
                    .contains("401", "429"));
  }

  @Test
  void givesEachOperationANameOfItsOwn() {
    List<String> names = new ArrayList<>();
    for (Operation operation : operations()) {
      names.add(described(operation).get("operationId").asString());
    }
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][A-Za-z]+"));
  }

  @Test
  void namesAllActions() {
    List<String> words = List.of(AuditAction.values()).stream().map(AuditAction::word).toList();
    assertThat(
            description
                .at("/components/schemas/AuditEntry/properties/action/enum")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactlyInAnyOrderElementsOf(words);
  }

  @ParameterizedTest
  @CsvSource({
    "10 per second, true",
    "999999999 per day leased, true",
    "5 per hour per token, false",
    "0 per minute, false",
    "1000000000 per day, false",
    "5 per week, false",
  })
  void describesTheLimitsThatATokenMayHave(String text, boolean lawful) {
    for (String body : List.of("NewToken", "ImportLine")) {
      String pattern =
          description
              .at("/components/schemas/" + body + "/properties/limits/items/pattern")
              .asString();
      assertThat(text.matches(pattern)).isEqualTo(lawful);
    }
    if (lawful) {
      assertThat(Limit.ofToken(text)).hasToString(text);
    } else {
      assertThatThrownBy(() -> Limit.ofToken(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void pointsOnlyAtWhatItHas() {
    for (JsonNode pointer : description.findValues("$ref")) {
      assertThat(description.at(pointer.asString().substring(1)).isObject())
          .as(pointer.asString())
          .isTrue();
    }
  }

  @Test
  void givesExamplesThatAreAsItSays() {
    int examples = 0;
    for (JsonNode content : description.findValues("application/json")) {
      if (content.has("example")) {
        examples++;
        assertThat(Described.problems(content.get("schema"), content.get("example")))
            .as(content.get("example").toString())
            .isEmpty();
      }
    }
    assertThat(examples).isGreaterThan(10);
  }

  @Test
  void describesTheParametersThatListsKnow() {
    assertThat(parameters("/v1/tokens"))
        .containsExactlyInAnyOrder(
            "principal",
            "organization",
            "status",
            "expiringWithin",
            "olderThan",
            "cursor",
            "limit");
    for (String path : List.of("/v1/principals", "/v1/tokens", "/v1/audit", "/v1/audit/verify")) {
      Asker operator = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);
      for (String name : parameters(path)) {
        assertThat(operator.get(path + "?" + name + "=%00").fields()).containsExactly(name);
      }
    }
  }

  private List<String> parameters(String path) {
    return description
        .at("/paths/" + path.replace("/", "~1") + "/get/parameters")
        .valueStream()
        .map(Described::resolved)
        .filter(it -> it.get("in").asString().equals("query"))
        .map(it -> it.get("name").asString())
        .toList();
  }
}
