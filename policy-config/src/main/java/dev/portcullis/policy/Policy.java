package dev.portcullis.policy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one policy file says of one API.
 *
 * @param api the name, a metric label
 * @param upstream where admitted requests go: scheme, host, port, and a path prefix or none
 * @param credentials the carriers, in order; not empty unless every route is open
 * @param email whether requests name their e-mail
 * @param emailHeader where they name it
 * @param organizationHeader where they name the organization, if anywhere
 * @param forwardCredentials whether the upstream sees the credentials ({@code forward-credentials})
 * @param importedTokens whether tokens without check characters pass ({@code imported-tokens})
 * @param issuers of access tokens that are taken beside the gateway's own
 * @param tls what becomes of plain HTTP
 * @param errors what refusals look like
 * @param limits counted over all routes; all of them hold
 * @param limitHeaders how clients are told of limits
 * @param tokens what tokens made for this API are like
 * @param assertion whether the upstream gets a signed proof of the identity
 * @param activity which admitted requests the audit trail tells of
 * @param routes not empty
 * @param roles what {@code role:NAME} stands for in a token's or principal's scopes
 */
public record Policy(
    String api,
    URI upstream,
    List<CredentialCarrier> credentials,
    EmailRule email,
    String emailHeader,
    Optional<String> organizationHeader,
    boolean forwardCredentials,
    boolean importedTokens,
    List<Issuer> issuers,
    TlsRule tls,
    ErrorProfile errors,
    Limits limits,
    LimitHeaders limitHeaders,
    TokenRules tokens,
    boolean assertion,
    ActivityRule activity,
    List<Route> routes,
    Map<String, List<Scope>> roles) {

  public Policy {
    credentials = List.copyOf(credentials);
    issuers = List.copyOf(issuers);
    routes = List.copyOf(routes);
    roles = Map.copyOf(roles);
  }

  /** This policy in front of another upstream. */
  public Policy withUpstream(URI other) {
    return new Policy(
        api,
        other,
        credentials,
        email,
        emailHeader,
        organizationHeader,
        forwardCredentials,
        importedTokens,
        issuers,
        tls,
        errors,
        limits,
        limitHeaders,
        tokens,
        assertion,
        activity,
        routes,
        roles);
  }
}
