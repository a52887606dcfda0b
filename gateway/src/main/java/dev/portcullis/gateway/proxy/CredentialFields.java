package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.CookieField;
import dev.portcullis.gateway.decision.QueryString;
import dev.portcullis.policy.CredentialCarrier;
import dev.portcullis.policy.EmailRule;
import dev.portcullis.policy.Policy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the requests of an API may carry credentials, and what is left of them without.
 *
 * <p>All places that the policy lists are cleared, not only the one that was read: so also on
 * public routes, and of credentials that nobody looked at.
 *
 * @param schemes of {@code Authorization}, in lower case
 * @param headers in lower case; the e-mail's and the organization's among them
 * @param parameters of the query, decoded
 * @param cookies by name
 * @param claims the e-mail's and the organization's header, in lower case, by their {@link
 *     OutboundHeaders#folded} form
 */
record CredentialFields(
    Set<String> schemes,
    Set<String> headers,
    Set<String> parameters,
    Set<String> cookies,
    Map<String, String> claims) {

  CredentialFields {
    schemes = Set.copyOf(schemes);
    headers = Set.copyOf(headers);
    parameters = Set.copyOf(parameters);
    cookies = Set.copyOf(cookies);
    claims = Map.copyOf(claims);
  }

  static CredentialFields of(Policy policy) {
    Map<String, String> claims = new HashMap<>();
    if (policy.email() != EmailRule.IGNORED) {
      claim(policy.emailHeader(), claims);
    }
    policy.organizationHeader().ifPresent(name -> claim(name, claims));
    if (policy.forwardCredentials()) {
      return new CredentialFields(Set.of(), Set.of(), Set.of(), Set.of(), claims);
    }
    Set<String> schemes = new HashSet<>();
    Set<String> headers = new HashSet<>();
    Set<String> parameters = new HashSet<>();
    Set<String> cookies = new HashSet<>();
    for (CredentialCarrier carrier : policy.credentials()) {
      switch (carrier) {
        case CredentialCarrier.Scheme(String scheme) -> schemes.add(lower(scheme));
        case CredentialCarrier.Basic any -> schemes.add("basic");
        case CredentialCarrier.Header(String name, String prefix) -> headers.add(lower(name));
        case CredentialCarrier.Query(String name) -> parameters.add(name);
        case CredentialCarrier.Cookie(String name) -> cookies.add(name);
      }
    }
    headers.addAll(claims.values());
    return new CredentialFields(schemes, headers, parameters, cookies, claims);
  }

  private static void claim(String name, Map<String, String> claims) {
    claims.put(OutboundHeaders.folded(lower(name)), lower(name));
  }

  /**
   * Whether this field line is not the e-mail's or the organization's, which were verified, but may
   * be taken for it.
   */
  boolean imitates(String lowerCaseName, String folded) {
    String claim = claims.get(folded);
    return claim != null && !claim.equals(lowerCaseName);
  }

  /** Whether this field line is nothing but a credential. */
  boolean drops(String lowerCaseName, String value) {
    if (headers.contains(lowerCaseName)) {
      return true;
    }
    return !schemes.isEmpty()
        && lowerCaseName.equals("authorization")
        && schemes.contains(lower(scheme(value)));
  }

  /** What is left of a {@code Cookie} field's value. */
  Optional<String> cookie(String value) {
    return cookies.isEmpty()
        ? Optional.of(value)
        : new CookieField(value).without(cookies).map(CookieField::raw);
  }

  /** What is left of a query; all else stays byte for byte. */
  Optional<String> query(Optional<String> query) {
    return parameters.isEmpty() || query.isEmpty()
        ? query
        : new QueryString(query.get()).without(parameters).map(QueryString::raw);
  }

  private static String scheme(String value) {
    String field = value.strip();
    int end = 0;
    while (end < field.length() && field.charAt(end) > ' ') {
      end++;
    }
    return field.substring(0, end);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
