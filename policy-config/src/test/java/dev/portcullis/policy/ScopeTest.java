package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  @ParameterizedTest
  @CsvSource({
    "dataset/logs/ingest:create, dataset/logs/ingest:create, true",
    "dataset/logs/ingest:create, dataset/logs/ingest:read,   false",
    "dataset/logs/ingest:create, dataset/logs:create,        false",
    "dataset/logs:create,        dataset/logs/ingest:create, false",
    "dataset/logs:read,          dataset/Logs:read,          false",
    "dataset/logs:read,          dataset/logs2:read,         false",
    "dataset/*/ingest:create,    dataset/logs/ingest:create, true",
    "dataset/*/ingest:create,    dataset/a/b/ingest:create,  false",
    "dataset/*/ingest:create,    dataset/ingest:create,      false",
    "dataset/log*/ingest:create, dataset/logs/ingest:create, true",
    "dataset/log*/ingest:create, dataset/log/ingest:create,  true",
    "dataset/log*/ingest:create, dataset/lo/ingest:create,   false",
    "dataset/*:read,             dataset/logs:read,          true",
    "dataset/*:read,             dataset/logs/ingest:read,   true",
    "dataset/*:read,             dataset:read,               false",
    "dataset/log*:read,          dataset/logs/ingest:read,   false",
    "*:read,                     dataset/logs:read,          true",
    "*:read,                     dataset/logs:create,        false",
    "*:*,                        dataset/logs/ingest:create, true",
    "org/monitors:*,             org/monitors:update,        true",
    "org/monitors:re*,           org/monitors:read,          true",
    "org/monitors:re*,           org/monitors:update,        false",
    "tenant/Q41RKXHPWU:*,        tenant/Q41RKXHPWU:read,     true",
    "tenant/Q41RKXHPWU:*,        tenant/Q41RKXHPWV:read,     false",
    "portcullis/tokens:read,     portcullis/tokens:read,     true",
    "portcullis/*:*,             portcullis/tokens:read,     true",
    "portcullis/*:*,             portcullis/*:*,             true",
    "*:*,                        portcullis/tokens:read,     false",
    "*:*,                        portcullis:read,            false",
    "*/tokens:read,              portcullis/tokens:read,     false",
    "p*/tokens:read,             portcullis/tokens:read,     false",
    "portcullis*/tokens:read,    portcullis/tokens:read,     false",
    "*:*,                        portcullis2/tokens:read,    true",
    "*:*,                        org/portcullis:read,        true",
    "portcullis/*:*,             org/tokens:read,            false",
  })
  void coversWhatItsPatternSays(String granted, String required, boolean covers) {
    assertThat(Scope.parse(granted).covers(Scope.parse(required))).isEqualTo(covers);
  }

  @ParameterizedTest
  @CsvSource({
    "dataset/*:read,        dataset/*:read,       true",
    "dataset/logs:read,     dataset/*:read,       false",
    "dataset/log*:read,     dataset/*:read,       false",
    "dataset/*/query:read,  dataset/*/query:read, true",
    "dataset/logs/query:*,  dataset/*/query:read, false",
    "dataset/*:read,        dataset/*/query:read, true",
    "*:read,                dataset/*/query:read, true",
    "dataset/*:read,        dataset/*/query:edit, false",
    "dataset/*/query:read,  dataset/*:read,       false",
  })
  void asksForAnyInstanceByAnAsterisk(String granted, String required, boolean covers) {
    RequiredScope asked = ScopeTemplate.parse(required).resolve(PathVariables.NONE);

    assertThat(Scope.parse(granted).covers(asked)).isEqualTo(covers);
  }

  @Test
  void asksForAnyInstanceBesideAPathVariable() {
    ScopeTemplate template = ScopeTemplate.parse("org/{org}/dataset/*:read");

    assertThat(template.variables()).containsExactly("org");
    assertThat(segments(template.resolve(new PathVariables(Map.of("org", "acme")))))
        .containsExactly("org", "acme", "dataset", "*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dataset",
        ":read",
        "dataset:",
        "/dataset:read",
        "dataset/:read",
        "dataset//logs:read",
        "a:b:c",
        "data*set:read",
        "**:read",
        "dataset/**:read",
        "data set:read",
        "dataset:re\"ad",
        "dataset\\logs:read",
        "dataset/{d}:read",
        "dataset/é:read",
        "dataset:read\n",
      })
  void refusesWhatIsNoScope(String text) {
    assertThatThrownBy(() -> Scope.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isBoundedInLength() {
    assertThat(Scope.parse("a".repeat(254) + ":r").action()).isEqualTo("r");
    assertThatThrownBy(() -> Scope.parse("a".repeat(255) + ":r"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isWrittenAsItWasRead() {
    assertThat(Scope.parse("dataset/log*/x:*")).hasToString("dataset/log*/x:*");
  }

  @Test
  void isRequiredWithThePathVariablesFilledIn() {
    ScopeTemplate template = ScopeTemplate.parse("dataset/{d}/{what}:read");

    assertThat(template.variables()).containsExactly("d", "what");
    RequiredScope asked = template.resolve(new PathVariables(Map.of("d", "logs", "what", "x:y")));
    assertThat(segments(asked)).containsExactly("dataset", "logs", "x:y");
    assertThat(asked.action()).isEqualTo("read");
    assertThat(asked).hasToString("dataset/logs/x:y:read");
    assertThat(template).hasToString("dataset/{d}/{what}:read");
  }

  @Test
  void isForTheGatewayWhateverPathVariableSaysSo() {
    RequiredScope asked =
        ScopeTemplate.parse("{which}/tokens:read")
            .resolve(new PathVariables(Map.of("which", Scope.GATEWAY)));

    assertThat(Scope.parse("*:*").covers(asked)).isFalse();
    assertThat(Scope.parse("portcullis/*:read").covers(asked)).isTrue();
  }

  private static List<String> segments(RequiredScope asked) {
    return IntStream.range(0, asked.size()).mapToObj(asked::segment).toList();
  }

  @Test
  void isTheSameObjectEachTimeWhereARequiredScopeHasNoVariable() {
    ScopeTemplate template = ScopeTemplate.parse("org/monitors:read");

    assertThat(template.resolve(PathVariables.NONE))
        .isEqualTo(Scope.parse("org/monitors:read"))
        .isSameAs(template.resolve(PathVariables.NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*:read",
        "*/logs:read",
        "data*:read",
        "dataset:*",
        "dataset:re*",
        "dataset/log*:read",
        "dataset/x{d}:read",
        "dataset/{d}x:read",
        "dataset/{}:read",
        "dataset:{d}",
        "role:reader",
        "dataset",
      })
  void refusesWhatCannotBeRequired(String text) {
    assertThatThrownBy(() -> ScopeTemplate.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
