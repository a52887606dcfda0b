package dev.portcullis.gateway.issuer;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Scope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The scopes of an access token: claim {@code scope} (RFC 8693, section 4.2), or {@code scp}. */
final class ScopeClaims {
  private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final int MOST = 100;

  private ScopeClaims() {}

  /**
   * What the values grant: a scope where one has its form, else the role of that name. No issuer
   * grants scopes of the gateway's own. Empty where there are more than 100 values.
   */
  static Optional<GrantedScopes> read(JWTClaimsSet claims) {
    Set<Scope> scopes = new LinkedHashSet<>();
    Set<String> roles = new LinkedHashSet<>();
    List<String> values =
        Stream.of("scope", "scp").flatMap(name -> values(claims.getClaim(name))).toList();
    if (values.size() > MOST) {
      return Optional.empty();
    }
    for (String value : values) {
      if (ROLE.matcher(value).matches()) {
        roles.add(value);
      } else {
        GrantedScopes granted = parsed(value);
        roles.addAll(granted.roles());
        granted.scopes().stream().filter(scope -> !scope.isForGateway()).forEach(scopes::add);
      }
    }
    return Optional.of(new GrantedScopes(List.copyOf(scopes), List.copyOf(roles)));
  }

  /** Issuers write them as one text with spaces, or as a list. */
  private static Stream<String> values(Object claim) {
    return switch (claim) {
      case String text -> Stream.of(text.split(" +", -1));
      case List<?> list -> list.stream().filter(String.class::isInstance).map(String.class::cast);
      case null, default -> Stream.empty();
    };
  }

  private static GrantedScopes parsed(String value) {
    try {
      return GrantedScopes.parse(List.of(value));
    } catch (IllegalArgumentException e) {
      return GrantedScopes.NONE;
    }
  }
}
