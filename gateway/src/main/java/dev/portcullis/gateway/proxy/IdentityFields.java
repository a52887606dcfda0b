package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.gateway.assertion.Assertions;
import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.EffectiveScopes;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Scope;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/** The fields that tell an upstream who is asking, as it was verified. */
final class IdentityFields {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final IdentityHeaders names;
  private final Assertions assertions;

  IdentityFields(IdentityHeaders names, Assertions assertions) {
    this.names = names;
    this.assertions = assertions;
  }

  /** Sets the fields; one that has nothing to say is absent. */
  void set(Allowed allowed, Policy policy, HttpHeaders headers) {
    set(names.subject(), allowed.principal().id(), headers);
    set(names.email(), allowed.principal().email().map(EmailAddress::text).orElse(""), headers);
    set(names.organization(), allowed.principal().organization().orElse(""), headers);
    set(names.tokenId(), allowed.token().id(), headers);
    String scopes = join(EffectiveScopes.of(allowed, policy));
    set(names.scopes(), scopes, headers);
    if (policy.assertion()) {
      headers.set(names.assertion(), assertions.of(allowed, policy.api(), scopes));
    }
  }

  private static void set(String name, String value, HttpHeaders headers) {
    if (!value.isEmpty()) {
      headers.set(name, encoded(value));
    }
  }

  private static String join(Set<Scope> scopes) {
    return scopes.stream().map(Scope::toString).collect(Collectors.joining(" "));
  }

  /**
   * The value with everything but printable ASCII percent-encoded as UTF-8, and {@code %} too, so
   * that it can be read back: no value breaks the field or the log of an upstream.
   */
  static String encoded(String value) {
    int i = 0;
    while (i < value.length() && isPlain(value.charAt(i))) {
      i++;
    }
    if (i == value.length()) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length() + 16);
    for (byte octet : value.getBytes(UTF_8)) {
      if (octet > 0 && isPlain((char) octet)) {
        text.append((char) octet);
      } else {
        text.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return text.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f && c != '%';
  }
}
