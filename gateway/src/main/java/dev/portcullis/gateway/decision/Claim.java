package dev.portcullis.gateway.decision;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.policy.EmailRule;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import java.util.List;
import java.util.Optional;

/** Whose a request says its token is, still unverified, or why it says nothing usable. */
sealed interface Claim {

  /**
   * Whose it is said to be.
   *
   * @param email where the policy reads one and the request names one
   * @param organization where the policy reads one and the request names one
   */
  record Made(Optional<EmailAddress> email, Optional<String> organization) implements Claim {}

  /** The request is refused as it stands. */
  record Refused(Denied denied) implements Claim {}

  /** Reads the claim of a request as its policy says. */
  static Claim of(RequestHead head, Policy policy) {
    Claim claim = read(head, policy);
    return claim instanceof Made made
            && made.email.isEmpty()
            && policy.email() == EmailRule.REQUIRED
        ? refused(Reason.EMAIL_MISSING, "")
        : claim;
  }

  /** The same where what the request leaves unsaid is taken to be as with the owner. */
  static Claim of(RequestHead head, Policy policy, Principal owner) {
    Claim claim = read(head, policy);
    return claim instanceof Made(var email, var organization)
        ? new Made(email.or(owner::email), organization.or(owner::organization))
        : claim;
  }

  private static Claim read(RequestHead head, Policy policy) {
    List<String> emails =
        policy.email() == EmailRule.IGNORED
            ? List.of()
            : head.headers().values(policy.emailHeader());
    List<String> organizations =
        policy.organizationHeader().isEmpty()
            ? List.of()
            : head.headers().values(policy.organizationHeader().get());
    if (emails.size() > 1 || organizations.size() > 1) {
      return refused(
          Reason.CREDENTIALS_AMBIGUOUS, "the e-mail or organization header stands twice");
    }
    return new Made(
        isUnsaid(emails) ? Optional.empty() : Optional.of(address(emails.getFirst().strip())),
        isUnsaid(organizations) ? Optional.empty() : Optional.of(organizations.getFirst().strip()));
  }

  private static boolean isUnsaid(List<String> values) {
    return values.isEmpty() || values.getFirst().isBlank();
  }

  /** HTTP hands a field's octets over as Latin-1; an address beyond ASCII is UTF-8 (RFC 6532). */
  private static EmailAddress address(String octets) {
    return new EmailAddress(
        isAscii(octets) ? octets : new String(octets.getBytes(ISO_8859_1), UTF_8));
  }

  private static boolean isAscii(String octets) {
    for (int i = 0; i < octets.length(); i++) {
      if (octets.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static Claim refused(Reason reason, String detail) {
    return new Refused(Denied.because(reason, detail));
  }
}
