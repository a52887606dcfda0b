package dev.portcullis.policy;

/** Where in a request a token may stand. Carriers not listed in the policy are not read. */
public sealed interface CredentialCarrier {

  /**
   * {@code Authorization: <scheme> <token>} (RFC 9110, section 11.6.2); {@code bearer} is the
   * scheme {@code Bearer}.
   *
   * @param scheme compared without regard to case
   */
  record Scheme(String scheme) implements CredentialCarrier {}

  /**
   * {@code Authorization: Basic base64(user:token)} (RFC 7617).
   *
   * @param user the fixed user name that marks the password as a token
   */
  record Basic(String user) implements CredentialCarrier {}

  /**
   * A header of its own.
   *
   * @param name compared without regard to case
   * @param prefix what stands before the token, exactly, or empty
   */
  record Header(String name, String prefix) implements CredentialCarrier {}

  /**
   * A query parameter.
   *
   * @param name compared exactly, after decoding
   */
  record Query(String name) implements CredentialCarrier {}

  /**
   * A cookie.
   *
   * @param name compared exactly
   */
  record Cookie(String name) implements CredentialCarrier {}
}
