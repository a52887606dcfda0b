package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
  private static final Map<String, List<Scope>> ROLES =
      Map.of("reader", List.of(Scope.parse("dataset/*:read")), "idle", List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*:* | dataset/{d}:read | ALL",
        "dataset/*:* | dataset/{d}:read | ALL",
        "dataset/*:read | dataset/{d}/{e}:read | ALL",
        "dataset/logs:read | dataset/logs:read | ALL",
        "dataset/logs:read | dataset/{d}:read | SOME",
        "dataset/l*:read | dataset/{d}:read | SOME",
        "dataset/logs/*:read | dataset/{d}/{e}:read | SOME",
        "dataset/logs:read | dataset/*:read | NONE",
        "dataset/logs:read | dataset/{d}:write | NONE",
        "dataset/logs:read | dataset/{d}/{e}:read | NONE",
        "data/logs:read | dataset/{d}:read | NONE",
        "role:reader | dataset/{d}:read | ALL",
        "role:idle | dataset/{d}:read | NONE",
        "role:unknown | dataset/{d}:read | NONE",
        "dataset/a:read b:c | dataset/{d}:read b:c | SOME",
        "dataset/*:read | dataset/{d}:read b:c | NONE",
        "dataset/*:read b:c | dataset/{d}:read b:c | ALL",
        "a:b | '' | ALL",
        "*:* | portcullis/tokens:read | NONE",
      })
  void tellsHowMuchOfWhatIsRequiredIsCovered(String granted, String required, Reach reach) {
    List<ScopeTemplate> templates =
        Stream.of(required.split(" "))
            .filter(text -> !text.isEmpty())
            .map(ScopeTemplate::parse)
            .toList();
    assertThat(parse(granted).reach(templates, ROLES)).isEqualTo(reach);
  }

  @Test
  void isBoundByTheCeiling() {
    List<ScopeTemplate> required = List.of(ScopeTemplate.parse("dataset/{d}:read"));
    GrantedScopes all = parse("*:*");
    assertThat(all.within(parse("dataset/logs:read")).reach(required, ROLES)).isEqualTo(Reach.SOME);
    assertThat(all.within(parse("b:c")).reach(required, ROLES)).isEqualTo(Reach.NONE);
    assertThat(all.within(parse("role:reader")).reach(required, ROLES)).isEqualTo(Reach.ALL);
  }

  private static GrantedScopes parse(String written) {
    return GrantedScopes.parse(List.of(written.split(" ")));
  }
}
