package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every word by which Axiom names a capability is one that a token can be given, also where the
 * gateway has no route that asks for it.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AxiomCapabilitiesTest {
  private static final String ALL = "create read update delete";

  private final AxiomKit axiom;

  AxiomCapabilitiesTest(TestBed bed) {
    this.axiom = new AxiomKit(bed, "axiom-cap");
  }

  @ParameterizedTest
  @MethodSource("capabilities")
  void canBeGivenToAToken(String capability) {
    Issued token = axiom.api(capability);

    assertThat(axiom.settings().get("/v1/tokens/" + token.id()).at("/scopes/0"))
        .isEqualTo(capability);
  }

  static Stream<String> capabilities() {
    Stream<String> perDataset =
        Stream.of(
                words("ingest", "create"),
                words("query", "read"),
                words("starredQueries", ALL),
                words("virtualFields", ALL),
                words("trim", "update"),
                words("vacuum", "update"),
                words("data", "delete"),
                words("share", "create read delete"))
            .flatMap(words -> words)
            .map(word -> "dataset/logs/" + word);
    Stream<String> perView =
        Stream.concat(words("query", "read"), words("share", "create read delete"))
            .map(word -> "view/errors/" + word);
    Stream<String> ofAll =
        Stream.of(
                "annotations",
                "apiTokens",
                "dashboards",
                "datasets",
                "endpoints",
                "flows",
                "integrations",
                "monitors",
                "notifiers",
                "rbac",
                "users",
                "views")
            .flatMap(thing -> words(thing, ALL));
    Stream<String> ofSome =
        Stream.of(
                words("auditLog", "read"),
                words("billing", "read update"),
                words("sharedAccessKeys", "read update"))
            .flatMap(words -> words);
    return Stream.of(perDataset, perView, Stream.concat(ofAll, ofSome).map(word -> "org/" + word))
        .flatMap(words -> words);
  }

  private static Stream<String> words(String thing, String actions) {
    return Arrays.stream(actions.split(" ")).map(action -> thing + ":" + action);
  }
}
