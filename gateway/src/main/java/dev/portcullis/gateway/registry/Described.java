package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Principals and tokens as named texts, in which form they are kept and stand in the audit trail.
 * What is not there, or empty where that means the same, has no text.
 */
public final class Described {
  /** What the names of tags begin with. */
  public static final String TAG = "tag:";

  /** Where the record of a session's parent may be. */
  public static final String PARENT_HASHES = "parentHashes";

  private Described() {}

  /** All of a principal but its id. */
  public static Map<String, String> of(Principal principal) {
    Map<String, String> texts = new TreeMap<>();
    texts.put("kind", principal.kind().word());
    principal.email().ifPresent(email -> texts.put("email", email.text()));
    principal.organization().ifPresent(organization -> texts.put("organization", organization));
    texts.put("enabled", Boolean.toString(principal.enabled()));
    put(texts, "scopes", " ", principal.scopes().written());
    return texts;
  }

  /** All of a token. */
  public static Map<String, String> of(TokenDetails details) {
    Token token = details.token();
    Map<String, String> texts = new TreeMap<>();
    texts.put("id", token.id());
    texts.put("principal", token.principalId());
    details.organization().ifPresent(organization -> texts.put("organization", organization));
    texts.put("kind", token.kind().word());
    put(texts, "scopes", " ", token.scopes().written());
    token.expiresAt().ifPresent(at -> texts.put("expiresAt", at.toString()));
    token.revokedAt().ifPresent(at -> texts.put("revokedAt", at.toString()));
    put(texts, "allowedAddresses", " ", token.allowedAddresses());
    put(texts, "limits", ",", token.limits().written());
    if (!token.countedAs().equals(token.id())) {
      texts.put("countedAs", token.countedAs());
    }
    token
        .parent()
        .ifPresent(
            parent -> {
              texts.put("parent", parent.id());
              put(
                  texts,
                  PARENT_HASHES,
                  " ",
                  parent.hashes().stream().map(TokenHash::text).toList());
            });
    details.api().ifPresent(api -> texts.put("api", api));
    texts.put("name", details.name());
    if (!details.description().isEmpty()) {
      texts.put("description", details.description());
    }
    texts.put("createdAt", details.createdAt().toString());
    texts.put("createdBy", details.createdBy());
    details.replaces().ifPresent(id -> texts.put("replaces", id));
    details.replacedBy().ifPresent(id -> texts.put("replacedBy", id));
    details.revokedReason().ifPresent(reason -> texts.put("revokedReason", reason));
    details.storedAs().ifPresent(name -> texts.put("storedAs", name));
    details.tags().forEach((name, value) -> texts.put(TAG + name, value));
    return texts;
  }

  private static void put(
      Map<String, String> texts, String name, String separator, List<?> values) {
    if (!values.isEmpty()) {
      texts.put(name, values.stream().map(Object::toString).collect(Collectors.joining(separator)));
    }
  }

  /** Those of {@code texts} that are not the same among {@code others}. */
  static Map<String, String> differing(Map<String, String> texts, Map<String, String> others) {
    Map<String, String> differing = new TreeMap<>(texts);
    differing.entrySet().removeIf(text -> text.getValue().equals(others.get(text.getKey())));
    return differing;
  }
}
