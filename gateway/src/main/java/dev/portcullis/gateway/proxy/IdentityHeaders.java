package dev.portcullis.gateway.proxy;

import java.util.List;

/**
 * The names of the headers that tell an upstream who is asking. What a client sends under any of
 * these names never gets there.
 *
 * @param subject the principal's id
 * @param email its e-mail, where it has one
 * @param organization its organization, where it has one
 * @param tokenId the token's id
 * @param scopes what the token may do within what its principal may, separated by spaces
 * @param assertion the signed form of all that, where the policy asks for it
 */
public record IdentityHeaders(
    String subject,
    String email,
    String organization,
    String tokenId,
    String scopes,
    String assertion) {

  /** {@code X-Auth-Subject} and so on. */
  public static final IdentityHeaders DEFAULT =
      new IdentityHeaders(
          "X-Auth-Subject",
          "X-Auth-Email",
          "X-Auth-Organization",
          "X-Auth-Token-Id",
          "X-Auth-Scopes",
          "X-Auth-Assertion");

  /** All of them. */
  List<String> names() {
    return List.of(subject, email, organization, tokenId, scopes, assertion);
  }
}
