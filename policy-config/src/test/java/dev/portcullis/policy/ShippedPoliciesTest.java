package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.policy.CanonicalPath.Canonical;
import dev.portcullis.policy.PolicyReader.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The policy files that come with the program. */
class ShippedPoliciesTest {
  private static final Path POLICIES = Path.of("policies");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(POLICIES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void areEachSoundAndNamedAfterTheirApi(Path file) throws IOException {
    Read read = TestPolicies.read(Files.readString(file));

    assertThat(read.policies())
        .singleElement()
        .satisfies(policy -> assertThat(file).hasFileName(policy.api() + ".yaml"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void haveNothingDoubtfulButWhatTheySay(Path file) throws IOException {
    assertThat(TestPolicies.read(Files.readString(file)).warnings())
        .extracting(Problem::message)
        .allMatch(
            message -> message.startsWith("is public") || message.startsWith("while the store"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void arePackaged(Path file) {
    assertThat(getClass().getResource("/policies/" + file.getFileName())).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GET,    /hello,       demo/hello:read",
        "GET,    /items/a%20b, demo/items/a b:read",
        "POST,   /items,       demo/items:create",
        "DELETE, /echo/x/y,    demo/echo:use",
        "GET,    /health,      public",
        "DELETE, /hello,       -",
        "GET,    /other,       -",
      })
  void theDemoAsksForWhatItSays(String method, String raw, @Nullable String asks) {
    Policies policies = Policies.of(1, ((Read) PolicyReader.readDemo()).policies());
    CanonicalPath path = ((Canonical) CanonicalPath.of(raw)).path();

    assertThat(
            policies
                .index()
                .match(method, path)
                .map(
                    match ->
                        match.route().open()
                            ? "public"
                            : match
                                .route()
                                .scopes()
                                .getFirst()
                                .resolve(match.variables())
                                .toString()))
        .isEqualTo(Optional.ofNullable(asks));
  }

  @Test
  void theDemosReaderMayReadAndNotCreate() {
    Policy demo = ((Read) PolicyReader.readDemo()).policies().getFirst();
    GrantedScopes reader = GrantedScopes.parse(List.of("role:reader"));

    assertThat(demo.email()).isEqualTo(EmailRule.REQUIRED);
    assertThat(reader.cover(Scope.parse("demo/hello:read"), demo.roles())).isTrue();
    assertThat(reader.cover(Scope.parse("demo/items/1:read"), demo.roles())).isTrue();
    assertThat(reader.cover(Scope.parse("demo/items:create"), demo.roles())).isFalse();
  }

  @Test
  void axiomRefusesInAxiomsOwnWords() throws IOException {
    Policy axiom =
        TestPolicies.read(Files.readString(POLICIES.resolve("axiom.yaml"))).policies().getFirst();

    Answer answer = axiom.errors().answer(Reason.SCOPE_INSUFFICIENT, RefusalContext.of("r"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("{\"code\": 403, \"message\": \"Forbidden\"}");
  }

  @Test
  void axiomTellsOfItsLimitsAsAxiomDoes() throws IOException {
    Policy axiom =
        TestPolicies.read(Files.readString(POLICIES.resolve("axiom.yaml"))).policies().getFirst();

    assertThat(axiom.limitHeaders()).isEqualTo(LimitHeaders.X_RATELIMIT);
    assertThat(axiom.errors().answer(Reason.RATE_LIMITED, RefusalContext.of("r")).body())
        .isEqualTo("{\"code\": 429, \"message\": \"rate limit exceeded\"}");
  }

  @Test
  void theLimitsExampleHoldsWhatItShows() throws IOException {
    Policy example =
        TestPolicies.read(Files.readString(POLICIES.resolve("limits.yaml"))).policies().getFirst();

    assertThat(example.limits().written())
        .extracting(Limit::name)
        .containsExactly("api-organization-day", "everybody", "address");
    assertThat(example.routes())
        .extracting(Route::cost, route -> route.limits().written().toString())
        .containsExactly(
            tuple(1L, "[100 per minute]"),
            tuple(20L, "[200 per minute, 5000 per day per principal]"),
            tuple(0L, "[]"),
            tuple(1L, "[]"));
    assertThat(
            example
                .errors()
                .answer(
                    Reason.QUOTA_EXHAUSTED,
                    RefusalContext.of("r").by(example.limits().written().getFirst(), 0))
                .body())
        .isEqualTo(
            "{\"error\": \"come back tomorrow\", \"limit\": \"api-organization-day\","
                + " \"requests\": 10000, \"retryAfter\": 1}");
  }

  @Test
  void canAllBeServedByOneGateway() {
    assertThat(PolicyReader.readDirectory(POLICIES)).isInstanceOf(Read.class);
  }

  @Test
  void theSchemaNamesEveryReason() {
    JsonNode schema = JsonMapper.shared().readTree(PolicySchema.text());

    assertThat(schema.at("/$defs/profile/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("default"), Stream.of(Reason.values()).map(Reason::name))
                .toList());
  }

  @Test
  void theSchemaDescribesEveryField() {
    JsonNode schema = JsonMapper.shared().readTree(PolicySchema.text());

    for (String place :
        List.of(
            "",
            "/$defs/route",
            "/$defs/carrier/else",
            "/$defs/limit/then",
            "/$defs/profile",
            "/$defs/reply",
            "/$defs/issuer",
            "/$defs/tokens",
            "/$defs/tokens/properties/prefixes",
            "/$defs/tokens/properties/lifetime")) {
      for (Map.Entry<String, JsonNode> field : schema.at(place + "/properties").properties()) {
        assertThat(field.getValue().path("description").asString(""))
            .as(field.getKey())
            .isNotBlank();
      }
    }
  }
}
