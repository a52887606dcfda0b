package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.Described;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.policy.GrantedScopes;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A principal as a Redis hash; {@code RECORDS.md} describes it for other programs. */
final class PrincipalRecord {
  static final Set<String> FIELDS =
      Set.of("v", "kind", "email", "organization", "enabled", "scopes");

  private PrincipalRecord() {}

  static Lookup<Principal> principal(String id, Map<String, String> record) {
    return Fields.read(
        record,
        fields ->
            new Principal(
                id,
                fields.required("kind", PrincipalRecord::kind),
                fields.optional("email", EmailAddress::new),
                fields.optional("organization", organization -> organization),
                fields.required("enabled", PrincipalRecord::enabled),
                fields.list("scopes", " ", GrantedScopes::parse)));
  }

  static Map<String, String> write(Principal principal) {
    Map<String, String> record = new TreeMap<>(Described.of(principal));
    record.put("v", Fields.VERSION);
    return record;
  }

  private static PrincipalKind kind(String word) {
    return Arrays.stream(PrincipalKind.values())
        .filter(kind -> kind.word().equals(word))
        .findAny()
        .orElseThrow(IllegalArgumentException::new);
  }

  private static boolean enabled(String word) {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }
}
