package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrantedScopesTest {
  private static final Map<String, List<Scope>> ROLES =
      Map.of("reader", List.of(Scope.parse("*:read")));

  @Test
  void coverNothingWhereNothingIsGranted() {
    assertThat(GrantedScopes.NONE.cover(Scope.parse("a:read"), ROLES)).isFalse();
    assertThat(GrantedScopes.parse(List.of()).cover(Scope.parse("a:read"), ROLES)).isFalse();
  }

  @Test
  void coverWhatAnyOfThemCovers() {
    GrantedScopes granted = GrantedScopes.parse(List.of("a:read", "b:read"));

    assertThat(granted.cover(Scope.parse("b:read"), Map.of())).isTrue();
    assertThat(granted.cover(Scope.parse("c:read"), Map.of())).isFalse();
  }

  @Test
  void coverWhatTheirRolesStandFor() {
    GrantedScopes granted = GrantedScopes.parse(List.of("role:reader"));

    assertThat(granted.cover(Scope.parse("a/b:read"), ROLES)).isTrue();
    assertThat(granted.cover(Scope.parse("a/b:create"), ROLES)).isFalse();
  }

  @Test
  void coverWhatTheGatewayAsksForOnlyWhereTheyNameIt() {
    Map<String, List<Scope>> roles = Map.of("admin", List.of(Scope.parse("*:*")));
    Scope required = Scope.parse("portcullis/tokens:read");

    assertThat(GrantedScopes.parse(List.of("*:*", "role:admin")).cover(required, roles)).isFalse();
    assertThat(GrantedScopes.parse(List.of("*:*", "portcullis/*:*")).cover(required, roles))
        .isTrue();
  }

  @Test
  void coverNothingByARoleThatThePolicyDoesNotKnow() {
    assertThat(GrantedScopes.parse(List.of("role:writer")).cover(Scope.parse("a:read"), ROLES))
        .isFalse();
    assertThat(GrantedScopes.parse(List.of("role:*")).cover(Scope.parse("a:read"), ROLES))
        .isFalse();
  }

  @Test
  void takeOnlyTheResourceNamedRoleForARole() {
    GrantedScopes granted =
        GrantedScopes.parse(List.of("role/x:read", "roles:read", "role:reader"));

    assertThat(granted.roles()).containsExactly("reader");
    assertThat(granted.written()).containsExactly("role/x:read", "roles:read", "role:reader");
  }

  @Test
  void refuseWhatIsNeitherScopeNorRole() {
    assertThatThrownBy(() -> GrantedScopes.parse(List.of("a:read", "role:")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'role:'");
  }

  @Test
  void coverWithinOthersOnlyWhatThoseCoverToo() {
    GrantedScopes wide = GrantedScopes.parse(List.of("a:read", "a:write"));
    GrantedScopes bounded = wide.within(GrantedScopes.parse(List.of("role:reader")));

    assertThat(bounded.cover(Scope.parse("a:read"), ROLES)).isTrue();
    assertThat(bounded.cover(Scope.parse("a:write"), ROLES)).isFalse();
    assertThat(bounded.cover(Scope.parse("a:read"), Map.of())).isFalse();
    assertThat(bounded.written()).isEqualTo(wide.written());
  }

  @Test
  void areTheSameWithinTheirEqual() {
    GrantedScopes granted = GrantedScopes.parse(List.of("a:read"));

    assertThat(granted.within(GrantedScopes.parse(List.of("a:read")))).isSameAs(granted);
  }
}
